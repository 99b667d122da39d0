//! The smallest bot that teloxide makes, by its own dispatcher: what it is told, it says again.

use teloxide::dispatching::UpdateFilterExt;
use teloxide::prelude::{Bot, Dispatcher, Message, Requester, ResponseResult, Update};

/// Runs until the process is ended.
pub(crate) async fn echo(url: &str, token: &str) -> anyhow::Result<()> {
    let bot = Bot::new(token).set_api_url(url.parse()?);
    Dispatcher::builder(bot, Update::filter_message().endpoint(repeat)).build().dispatch().await;
    Ok(())
}

async fn repeat(bot: Bot, message: Message) -> ResponseResult<()> {
    if let Some(words) = message.text() {
        bot.send_message(message.chat.id, words).await?;
    }
    Ok(())
}
