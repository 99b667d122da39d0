//! HTTP: from a request to a call, through the scripted faults, to what the client is shown.

use std::{future, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use serde_json::{Value, json};

use super::{
    Shared, TOKEN,
    faults::{Accepted, Fault, FaultBody},
    log::Shown,
    methods, params, polling,
    refusal::Refusal,
    wire::{Wire, WireListener},
};

const JSON: &str = "application/json";
const HTML: &str = "text/html";

/// Serves until the task is aborted.
pub(crate) async fn serve(listener: WireListener, shared: Arc<Shared>) {
    let router = Router::new().fallback(answer).with_state(shared);
    let service = router.into_make_service_with_connect_info::<Wire>();
    axum::serve(listener, service).await.expect("axum's accept loop does not end");
}

/// What the client is to be told.
struct Answer {
    status: u16,
    content_type: &'static str,
    body: String,
}

impl Answer {
    fn of(result: &Result<Value, Refusal>) -> Self {
        let (status, body) = match result {
            Ok(result) => (200, json!({ "ok": true, "result": result })),
            Err(refusal) => (refusal.code, refusal.body()),
        };
        Self { status, content_type: JSON, body: body.to_string() }
    }

    fn http(status: u16, body: FaultBody) -> Self {
        let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
        match body {
            FaultBody::Json => Self::of(&Err(Refusal::new(status, reason))),
            FaultBody::Html => Self {
                status,
                content_type: HTML,
                body: format!(
                    "<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body>\r\n\
                     <center><h1>{status} {reason}</h1></center>\r\n<hr><center>nginx</center>\r\n\
                     </body>\r\n</html>\r\n"
                ),
            },
        }
    }

    fn garbage() -> Self {
        Self { status: 200, content_type: JSON, body: "\u{1}{\"ok\":tru\u{fffd}<<<".to_owned() }
    }
}

/// A call on its way: where it came from, and under which number it is in the log.
struct Exchange {
    shared: Arc<Shared>,
    wire: Wire,
    number: usize,
}

async fn answer(State(shared): State<Arc<Shared>>, ConnectInfo(wire): ConnectInfo<Wire>, request: Request) -> Response {
    let (token, method) = split_path(request.uri().path());
    let params = params::read(request).await;
    let body = params.as_ref().cloned().unwrap_or_default();
    let spelled = methods::spelled(&method).map_or(method, str::to_owned);
    let (number, struck) = shared.change(|world| {
        let number = world.log.open(&spelled, &body);
        let is_let_in = token == TOKEN && params.is_ok();
        (number, is_let_in.then(|| world.scripts.take(&spelled, &body)).flatten())
    });
    let exchange = Exchange { shared, wire, number };
    if token != TOKEN {
        return exchange.reply(Answer::of(&Err(Refusal::new(401, "Unauthorized"))));
    }
    if let Err(refusal) = params {
        return exchange.reply(Answer::of(&Err(refusal)));
    }
    match struck {
        None => {
            let answer = exchange.perform(&spelled, &body).await;
            exchange.reply(answer)
        }
        Some((Fault::Slow(delay), Accepted::Before)) => {
            tokio::time::sleep(delay).await;
            let answer = exchange.perform(&spelled, &body).await;
            exchange.reply(answer)
        }
        Some((fault, Accepted::Before)) => exchange.spoil(fault, Answer::of(&Ok(json!(true)))).await,
        Some((fault, Accepted::After)) => {
            let answer = exchange.perform(&spelled, &body).await;
            exchange.spoil(fault, answer).await
        }
    }
}

/// Token and method of `/bot<token>/<method>`; both empty if the path is of another shape.
fn split_path(path: &str) -> (String, String) {
    // Some clients encode the colon of the token.
    let path = path.replace("%3A", ":");
    path.strip_prefix("/bot")
        .and_then(|rest| rest.split_once('/'))
        .map(|(token, method)| (token.to_owned(), method.to_owned()))
        .unwrap_or_default()
}

impl Exchange {
    async fn perform(&self, method: &str, body: &Value) -> Answer {
        let result = if method == "getUpdates" {
            polling::get_updates(&self.shared, body).await
        } else {
            self.shared.change(|world| methods::perform(world, method, body))
        };
        if result.is_ok() {
            self.shared.change(|world| world.log.accept(self.number));
        }
        Answer::of(&result)
    }

    /// Shows the client the fault; `answer` is what it spoils.
    async fn spoil(&self, fault: Fault, answer: Answer) -> Response {
        match fault {
            Fault::TooManyRequests { retry_after } => {
                let refusal = Refusal::too_many_requests(retry_after);
                self.reply(Answer::of(&Err(refusal)))
            }
            Fault::Http { status, body } => self.reply(Answer::http(status, body)),
            Fault::Refuse(refusal) => self.reply(Answer::of(&Err(refusal))),
            Fault::Garbage200 => self.reply(Answer::garbage()),
            Fault::Slow(delay) => {
                tokio::time::sleep(delay).await;
                self.reply(answer)
            }
            Fault::Stall => {
                self.close(Shown::Silence);
                future::pending().await
            }
            Fault::ResetConnection => {
                self.wire.reset();
                self.close(Shown::Reset);
                response(answer)
            }
            Fault::HalfBody => {
                self.wire.withhold(answer.body.len().div_ceil(2));
                self.close(Shown::Half);
                response(answer)
            }
        }
    }

    fn reply(&self, answer: Answer) -> Response {
        self.shared.change(|world| {
            let at = world.log.now();
            world.log.close(self.number, Shown::Reply { at, status: answer.status, body: answer.body.clone() });
        });
        response(answer)
    }

    fn close(&self, shown: Shown) {
        self.shared.change(|world| world.log.close(self.number, shown));
    }
}

fn response(answer: Answer) -> Response {
    Response::builder()
        .status(answer.status)
        .header(CONTENT_TYPE, answer.content_type)
        .body(Body::from(answer.body))
        .expect("the status comes from this folder or its tests")
}
