# Всё, что бот говорит по-русски. Цитаты, заголовки и имена через этот файл не проходят: их ставит рядом app/replies.

## Attribution and source

attribution-to = изданию
source-original = Оригинальный текст, опубликованный на
source-translation-en = Английский перевод, опубликованный на
source-translation-ru = Русский перевод, опубликованный на
source-published = Опубликовано на
topic = Тема:
open-passage = Открыть это место
open-interview = Открыть всё интервью
also-in-en = По-английски:
also-in-ru = По-русски:
question-by = Вопрос издания
question = Вопрос
editors-note = Примечание редактора

## Answers

choose = Что из этого вы имеете в виду?
nothing-found = Я ничего не нашёл об этом в интервью.
near-topics = Ближайшее, что в нём есть:
nothing-asked = Напишите вопрос, например: когда учения в Беларуси?
too-late = Эта кнопка для меня слишком старая. Пожалуйста, спросите ещё раз.
passage-changed = Это место изменилось с тех пор, как была сделана ссылка. Пожалуйста, задайте вопрос.
went-wrong = У меня что-то пошло не так. Пожалуйста, попробуйте ещё раз чуть позже.
unreadable = Я читаю только текст. Пожалуйста, напишите вопрос.

## Buttons

before-and-after = До и после
only-the-answer = Только ответ
topics-button = Темы
earlier-page = ← Раньше
later-page = Дальше →

## Small talk

greeting = Здравствуйте. Спросите об интервью своими словами, я отвечу его словами.
farewell = До свидания.
thanks = Пожалуйста.
who-are-you = Я бот. На вопросы об интервью я отвечаю дословными цитатами со ссылкой. От себя о его предмете ничего не пишу. Кто меня ведёт, скажет /about.
help = Спрашивайте своими словами, по-русски или по-английски. Я ищу место в интервью, которое отвечает на вопрос, и привожу его дословно с источником или говорю, что ничего не нашёл.

## Facts about the interview

facts-speaker = Отвечает
facts-speaker-nobody = Это ответы из списка вопросов; автор не назван.
facts-asked-by = Вопросы задавало издание
facts-given = Интервью датировано: { $date }.
facts-given-unknown = Дата в тексте не указана.
facts-original = Я цитирую оригинальный текст.
facts-translation = Я цитирую перевод на { $language ->
        [ru] русский
       *[en] английский
    } язык; интервью дано на { $original ->
        [ru] русском
       *[en] английском
    }. Формулировки в других изданиях могут отличаться.

## Commands

bot-name = Дословно: интервью
bot-description = Спросите об интервью своими словами. Бот ответит его словами: дословно, с указанием автора и ссылкой на источник, или скажет, что ничего не нашёл. От себя он ничего не пишет и работает не по поручению автора слов.
bot-short-description = Отвечает на вопросы об интервью дословными цитатами со ссылкой на источник.
start = Я отвечаю на вопросы об этом интервью его собственными словами: дословно, с указанием автора и ссылкой.
start-how = Напишите вопрос своими словами, по-русски или по-английски.
commands-heading = Команды
command-ask = спросить об интервью
command-topics = о чём говорится в интервью
command-upcoming = учения и даты, названные в нём
command-subscribe = анонсы для группы или канала
command-unsubscribe = больше не присылать анонсы
command-subscriptions = настройки анонсов
command-timezone = часовой пояс анонсов
command-language = язык ответов
command-about = что цитируется и кто ведёт бота
command-privacy = что хранится
command-help = как спрашивать
command-start = начать
command-reload = администраторам: перечитать базу знаний
command-status = администраторам: состояние бота
command-announce = администраторам: анонсировать сейчас
command-deliveries = администраторам: что стало с анонсами
command-pause = администраторам: пока ничего не анонсировать
command-resume = администраторам: анонсировать снова
unknown-command = Такой команды я не знаю. Что я умею: /help
private-only = Эта команда работает в личном чате со мной.
ask-usage = Напишите вопрос после команды: /ask когда учения в Беларуси?
topics-heading = О чём говорится в интервью
topics-page = Страница { $page } из { $pages }
language-which = Язык ответов:
language-english = English
language-russian = Русский
language-question = Язык каждого вопроса
language-set = Буду отвечать по-русски.
language-follows = Буду отвечать на языке каждого вопроса.
language-group = В группах я отвечаю на языке вопроса.

about = Этот бот отвечает дословными цитатами из одного опубликованного текста и ничего не пишет от себя о его предмете.
about-operator = Бота ведёт:
about-no-affiliation = Его ведут не автор слов, не его организация и не издание, и делается это не по их поручению.
about-quoted = Цитируемый текст
about-also = То же интервью в других местах
privacy =
    Вопросы и имена я не храню.
    Полученное сообщение лежит в локальном файле, пока я на него не ответил, не дольше суток; его номер остаётся на трое суток, чтобы не ответить дважды.
    Если вы выбрали язык, я храню его вместе с номером этого чата. «Язык каждого вопроса» удаляет эту запись.
    Если вы подписали чат на анонсы, я храню его номер, название, настройки и номер вашего аккаунта. /unsubscribe удаляет название и ваш номер; что и где анонсировалось, хранится 400 дней.
    Третьим лицам ничего не передаётся. Сам мессенджер видит то, что вы здесь пишете.

## Upcoming

upcoming-ahead = Впереди или идёт сейчас, на { $date }
upcoming-named = Учения и даты, названные в интервью, как они планировались тогда:
upcoming-past = Время прошло; что из этого вышло, бот не знает
upcoming-settled = Чем закончилось
upcoming-undated = Дата не названа
upcoming-none = Учений и дат в интервью не названо.
event-past = запланировано: { $when }; состоялось ли это, бот не знает.
state-past = запланировано: { $when }; что из этого вышло, бот не знает.
event-held = состоялось, по сообщению
event-moved = перенесено, по сообщению
event-cancelled = отменено, по сообщению
when-no-exact-date = точной даты в интервью нет

## Announcements

announced-date = Названный срок: { $when }
announced-distance = Названный срок: { $when } ({ $distance })
announced-no-exact-date = точная дата не объявлена
announced-undated = Срок не назван
announced-place = Названное место:
announced-confirmed = Позже названа дата: { $when }, по сообщению
announced-moved = С тех пор, как об этом сообщалось здесь, изменилось:
announced-cancelled = С тех пор, как об этом сообщалось здесь, отменено, по сообщению
announced-words = От оператора бота:
days-ahead = { $days ->
        [0] сегодня
        [1] завтра
        [one] через { $days } день
        [few] через { $days } дня
       *[many] через { $days } дней
    }
under-way = названные дни начались
months-ahead = { $months ->
        [0] этот месяц
        [1] следующий месяц
        [one] через { $months } месяц
        [few] через { $months } месяца
       *[many] через { $months } месяцев
    }

## An event's card

calendar-it = В календарь
calendar-caption = Для календаря: срок ровно с той точностью, с какой он назван.
remind-me = Напомнить мне
all-dates = Все даты
reminding = Учения и даты, названные в интервью, будут анонсироваться здесь в { $hour }:00, { $zone }. Настройки: /subscriptions, отмена: /unsubscribe.

## Subscribing

choose-chat = В какой чат присылать анонсы учений и дат, названных в интервью? Вы должны быть его администратором.
choose-channel = Канал
choose-group = Группа
subscribed = Анонсы учений и дат, названных в интервью, будут приходить в чат { $chat }, в { $hour }:00, { $zone }. Настройки: /subscriptions, отмена: /unsubscribe.
subscribed-approval = Каждый пост вы сначала увидите здесь и решите.
subscribed-next = Ближайший:
subscribed-nothing = Сейчас анонсировать нечего.
not-administrator = Это может только администратор чата.
subscribed-here = Анонсы учений и дат, названных в интервью, будут приходить сюда, в { $hour }:00, { $zone }. /unsubscribe отменяет их.
unsubscribed-here = Анонсы сюда больше не приходят.
chat-unsubscribed = Анонсы больше не приходят в чат { $chat }.
not-subscribed = Анонсы сюда не приходят.
which-subscription = Какую подписку отменить?
deliveries-none = Анонсов ещё не планировалось.
deliveries-heading = Анонсы до сих пор
deliveries-count = { $state ->
        [queued] ждут
        [sending] отправляются
        [sent] отправлены
        [ambiguous] под вопросом
        [failed] отказ
        [missed] пропущены
        [superseded] заменены новым
       *[cancelled] отменены
    }: { $n }
paused = Пауза: до /resume ничего не анонсируется. Чей срок пройдёт, будет пропущено.
resumed = Анонсы снова идут.

## Settings of a subscription

which-settings = Настройки какого чата?
no-subscriptions = У вас нет подписок. Подписать чат: /subscribe.
no-such-subscription = Чата с таким номером среди ваших подписок нет. Номера показаны в настройках: /subscriptions.
this-chat = Этот чат
settings-of = Анонсы в чате { $chat }
settings-here = Анонсы в этом чате
settings-approval = { $to ->
        [each] Каждый пост ждёт согласия того, кто подписал чат
       *[none] Посты выходят без вопросов
    }
settings-kinds = Анонсируются:
kind = { $to ->
        [exercise] учения
        [meeting] встречи
        [anniversary] годовщины
       *[other] другие даты
    }
settings-milestones = { $to ->
        [ahead] Только заранее
        [first] Только в первый день
       *[all] Заранее и в первый день
    }
settings-hour = В { $hour }:00, { $zone }
settings-quiet = С { $from }:00 до { $until }:00 ничего не публикуется
settings-no-quiet = Без тихих часов
settings-language = { $to ->
        [ru] По-русски
       *[en] По-английски
    }
settings-silent = { $to ->
        [on] Без звука
       *[off] Со звуком
    }
settings-pin = { $to ->
        [on] Закрепляются
       *[off] Не закрепляются
    }
settings-in-private = Настройки анонсов этого чата — в личном чате со мной: /subscriptions
settings-under-a-name = Пока неизвестно, кто мог бы настраивать эти анонсы: анонимным администраторам я писать не могу. Отправьте здесь /subscriptions от своего имени, и настройки появятся в личном чате со мной.
settings-of-another = Настройки анонсов этого чата — у того, кто его подписал.
settings-zone-how = Другой часовой пояс — по названию или городу латиницей: /timezone { $chat } Bishkek
set-approval = { $to ->
        [each] Спрашивать о каждом
       *[none] Публиковать без вопросов
    }
set-kind = { $to ->
        [exercise-on] С учениями
        [exercise-off] Без учений
        [meeting-on] Со встречами
        [meeting-off] Без встреч
        [anniversary-on] С годовщинами
        [anniversary-off] Без годовщин
        [other-on] С другими датами
       *[other-off] Без других дат
    }
set-milestones = { $to ->
        [ahead] Только заранее
        [first] Только первый день
       *[all] Заранее и в день
    }
set-hour = В { $to }:00
set-quiet = Тихо { $from }:00–{ $until }:00
set-no-quiet = Без тихих часов
set-language = { $to ->
        [ru] По-русски
       *[en] In English
    }
set-silent = { $to ->
        [on] Без звука
       *[off] Со звуком
    }
set-pin = { $to ->
        [on] Закреплять
       *[off] Не закреплять
    }
preview-it = Как это будет
unsubscribe-it = Отписать
last-kind = Что-то одно должно остаться. Чтобы анонсов не было, нажмите «Отписать».
timezone-usage = Напишите после команды название часового пояса или город латиницей: /timezone Bishkek. Если подписок несколько, сначала номер чата; он показан в его настройках: /subscriptions.
timezone-which = У вас несколько подписок. Напишите сначала номер чата: /timezone { $chat } Bishkek
timezone-unknown = Такого часового пояса или города я не знаю. Напишите название IANA, например Asia/Bishkek, или город из него.
timezone-several = Так называются несколько часовых поясов. Напишите название целиком:
timezone-set = Анонсы приходят в чат { $chat } в { $hour }:00, { $zone }.
timezone-set-here = Анонсы приходят сюда в { $hour }:00, { $zone }.

## Announcing now

announce-which = Что анонсировать сейчас? Чтобы анонсировать свои слова, напишите их после команды: /announce …
announce-words-only = Впереди ничего не названо. Чтобы анонсировать свои слова, напишите их после команды: /announce …
announce-to = { $n ->
        [0] На такое не подписан ни один чат.
        [one] Уйдёт сейчас в { $n } чат. Где посты сначала одобряют, подождёт одобрения.
        [few] Уйдёт сейчас в { $n } чата. Где посты сначала одобряют, подождёт одобрения.
       *[many] Уйдёт сейчас в { $n } чатов. Где посты сначала одобряют, подождёт одобрения.
    }
announce-it = { $n ->
        [one] Опубликовать в { $n } чате
       *[many] Опубликовать в { $n } чатах
    }
leave-it = Не надо
announce-done = { $n ->
        [0] На такое не подписан ни один чат.
        [one] Уходит в { $n } чат. Что из этого выйдет, покажет /deliveries.
        [few] Уходит в { $n } чата. Что из этого выйдет, покажет /deliveries.
       *[many] Уходит в { $n } чатов. Что из этого выйдет, покажет /deliveries.
    }
announce-before = Уже анонсировано; дважды ничего не публикуется.
announce-dropped = Администратор решил это не анонсировать.
announce-left = Хорошо, ничего не публикуется.
announce-too-long = Здесь символов: { $n }; анонсируется не больше { $most }.

## Deciding on announcements

ask-review = Будет объявлено { $due }. Последний раз это проверяли { $reviewed }. Всё ещё верно?
ask-approval = Опубликовать это в чате { $chat } { $due }?
ask-outcome = Названный срок прошёл. Если вы знаете, что из этого вышло, внесите это с источником в events.toml, затем /reload.
ask-doubtful = Неизвестно, было ли это опубликовано в чате { $chat }. Пожалуйста, посмотрите там.
told-missed = Не опубликовано в чате { $chat }: срок прошёл раньше.
told-failed = Не опубликовано в чате { $chat }: публикация отклонена.
told-suspended = Мне больше нельзя писать в чат { $chat }, я остановился. Дайте мне право писать там; затем администратор отправит /subscribe, и я продолжу.
still-true = Всё ещё верно
outdated = Снять
post-it = Опубликовать
skip-it = Пропустить
later-on = Через час
it-is-there = Оно там есть
post-again = Опубликовать ещё раз
drop-it = Снять
decided-still-true = Всё ещё верно: будет объявлено вовремя.
decided-outdated = Снято: объявлено не будет.
decided-post = Будет опубликовано в срок.
decided-skip = Пропущено.
decided-later = Спрошу ещё раз через час.
decided-it-is-there = Считается опубликованным.
decided-post-again = Будет опубликовано ещё раз.
decided-drop = Снято.
decided-before = Это уже решено.
not-yours = Это может решить только администратор того чата.

date-day = { $day } { $month ->
        [1] января
        [2] февраля
        [3] марта
        [4] апреля
        [5] мая
        [6] июня
        [7] июля
        [8] августа
        [9] сентября
        [10] октября
        [11] ноября
       *[12] декабря
    } { $year } года
date-month = { $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    } { $year } года
date-year = { $year } год
date-span = { $from } — { $to }
date-instant = { $day }, { $time } ({ $zone })

## Admins

admins-only = Эта команда для администраторов бота.
admins-none = Администраторы не заданы. Ваш номер: { $id }; оператор может внести его в ONRECORD_ADMINS.
reload-done = Перечитано: редакция { $from } → { $to }.
reload-same = Ничего не изменилось: редакция { $revision }.
reload-refused = Не перечитано: { $errors ->
        [one] { $errors } ошибка
        [few] { $errors } ошибки
       *[many] { $errors } ошибок
    }. Действует редакция { $revision }.
reload-unread = Не перечитано; действует редакция { $revision }. Папка не читается:
reload-busy = База знаний уже перечитывается.
reload-warnings = { $warnings ->
        [one] { $warnings } предупреждение:
        [few] { $warnings } предупреждения:
       *[many] { $warnings } предупреждений:
    }
reload-more = … и ещё { $more }; все показывает `onrecord check`.
changed-passages = Фрагменты: добавлено { $added }, изменено { $changed }, удалено { $removed }
changed-topics = Темы: добавлено { $added }, изменено { $changed }, удалено { $removed }
changed-events = События: добавлено { $added }, изменено { $changed }, удалено { $removed }
status-revision = База знаний: редакция { $revision }, загружена { $loaded }
status-uptime = Работает { $uptime }
status-updates = Обновления: получено { $received }, обработано { $handled }, с ошибкой { $failed }
status-waiting = Ждут во входящих: { $waiting }
status-reload-never = Последняя перезагрузка: не было с запуска
status-reload-done = Последняя перезагрузка: { $at }, выполнена
status-reload-refused = Последняя перезагрузка: { $at }, отклонена
status-admins-reached = Администраторы: могу написать каждому
status-admins-unreached = Администраторы, которым я не могу написать, пока они не нажмут /start:
status-owners-unreached = { $n ->
        [one] { $n } подписавшему чат не удаётся написать; вместо него спрашиваю администраторов бота
       *[other] { $n } подписавшим чаты не удаётся написать; вместо них спрашиваю администраторов бота
    }
status-unheard = Вопросы и сообщения, которые никому не дошли: { $n }; что стало с публикациями, покажет /deliveries
status-announced-elsewhere = Анонсы рассылает другой процесс с этой базой; этот только отвечает.
status-mentions-hidden = Упоминания в группах мне не доставляются (режим приватности); /ask и ответы доставляются.
status-clock = Часы заданы через ONRECORD_CLOCK_START; они показывают { $now }
