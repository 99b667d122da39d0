//! Tokens, methods, and the bot's own profile.

use serde_json::{Value, json};
use teloxide::types::Me;

use super::Client;
use crate::support::fake::{BOT_ID, BOT_USERNAME, FakeTelegram};

#[tokio::test]
async fn a_wrong_token_is_unauthorized_and_an_unknown_method_not_found() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    for base in ["bot424242:wrong", "bot", ""] {
        let stranger = Client { base: format!("{}/{base}", fake.url()), ..client.clone() };
        let refused = stranger.refused("getMe", json!({})).await;
        assert_eq!(refused, (401, "Unauthorized".to_owned()), "{base}");
    }
    let (status, description) = client.refused("getMoon", json!({})).await;
    assert_eq!((status, description.as_str()), (404, "Not Found: method not found"));
    assert!(fake.all_calls().iter().all(|call| !call.accepted));
}

#[tokio::test]
async fn the_bot_knows_itself() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let me: Me = serde_json::from_value(client.ok("GETME", json!({})).await).unwrap();
    assert_eq!((me.id.0, me.username()), (BOT_ID.cast_unsigned(), BOT_USERNAME));
    assert!(me.is_bot && !me.can_read_all_group_messages);
    fake.turn_privacy_off();
    assert_eq!(client.ok("getMe", json!({})).await["can_read_all_group_messages"], true);
    for method in ["close", "logOut"] {
        assert_eq!(client.ok(method, json!({})).await, true);
    }
}

#[tokio::test]
async fn names_and_descriptions_are_kept_per_language() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    for (name, field, unset) in [
        ("Name", "name", "onrecord"),
        ("Description", "description", ""),
        ("ShortDescription", "short_description", ""),
    ] {
        let (set, get) = (format!("setMy{name}"), format!("getMy{name}"));
        let in_language = |code: &str| json!({ "language_code": code });
        assert_eq!(client.ok(&get, json!({})).await, json!({ field: unset }));
        client.ok(&set, json!({ field: "По-русски", "language_code": "ru" })).await;
        assert_eq!(client.ok(&get, json!({})).await, json!({ field: unset }));
        assert_eq!(client.ok(&get, in_language("ru")).await, json!({ field: "По-русски" }));
        client.ok(&set, json!({ field: "", "language_code": "ru" })).await;
        assert_eq!(client.ok(&get, in_language("ru")).await, json!({ field: unset }));
        client.refused(&get, in_language("rus")).await;
        client.refused(&set, json!({ field: "x".repeat(513) })).await;
    }
    client.ok("setMyName", json!({ "name": "On record" })).await;
    assert_eq!(client.ok("getMe", json!({})).await["first_name"], "On record");
}

#[tokio::test]
async fn commands_are_kept_per_scope_and_language() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let ask = json!([{ "command": "ask", "description": "Ask the interview" }]);
    let admins = json!({ "type": "chat", "chat_id": 7 });
    let set = |scope: &Value| json!({ "commands": ask, "scope": scope, "language_code": "ru" });
    let of = |scope: &Value| json!({ "scope": scope, "language_code": "ru" });
    client.ok("setMyCommands", set(&admins)).await;
    assert_eq!(client.ok("getMyCommands", of(&admins)).await, ask);
    for other in [json!({}), json!({ "scope": admins }), of(&json!({ "type": "default" }))] {
        assert_eq!(client.ok("getMyCommands", other).await, json!([]));
    }
    client.ok("deleteMyCommands", of(&admins)).await;
    assert_eq!(client.ok("getMyCommands", of(&admins)).await, json!([]));

    let command =
        |name: &str, description: &str| json!({ "commands": [{ "command": name, "description": description }] });
    for (call, reason) in [
        (command("Ask", "x"), "BOT_COMMAND_INVALID"),
        (command("", "x"), "BOT_COMMAND_INVALID"),
        (command("ask", ""), "BOT_COMMAND_DESCRIPTION_INVALID"),
        (json!({ "commands": vec![ask[0].clone(); 101] }), "BOT_COMMANDS_TOO_MUCH"),
        (json!({}), "expected an Array of BotCommand"),
    ] {
        let refused = client.refused("setMyCommands", call).await;
        assert_eq!(refused, (400, format!("Bad Request: {reason}")));
    }
}
