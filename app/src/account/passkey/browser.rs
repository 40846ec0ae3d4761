//! The browser's half of a ceremony: asks the server what to ask the authenticator, asks that, and brings
//! back what it said. Bytes are turned to and fro here: `parseCreationOptionsFromJSON` and its kin came
//! years after passkeys did.

use super::base64url::{decode, encode};
use super::model::{NotDone, Trouble};
use js_sys::{JSON, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "credentials"], js_name = create, catch)]
    fn make(options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["navigator", "credentials"], js_name = get, catch)]
    fn ask(options: &JsValue) -> Result<Promise, JsValue>;
}

/// The browser has passkeys. It has none on pages that came without TLS.
pub fn has_passkeys() -> bool {
    Reflect::has(&window(), &"PublicKeyCredential".into()).unwrap_or_default()
}

/// Signs in. Returns where to go.
pub async fn sign_in(address: &str, next: &str) -> Result<String, Trouble> {
    let options = post(&format!("{address}/begin"), "").await?;
    let question = field(&options, "publicKey")?;
    to_bytes(&question, "challenge")?;
    let said = JsFuture::from(ask(&options).map_err(trouble)?).await.map_err(trouble)?;
    let parts = ["clientDataJSON", "authenticatorData", "signature", "userHandle"];
    let answer = post(address, &answer(&said, &parts, next)?).await?;
    field(&answer, "next")?.as_string().ok_or(Trouble::Failed)
}

/// Adds a passkey to the account.
pub async fn add(address: &str) -> Result<(), Trouble> {
    let options = post(&format!("{address}/begin"), "").await?;
    let question = field(&options, "publicKey")?;
    to_bytes(&question, "challenge")?;
    to_bytes(&field(&question, "user")?, "id")?;
    for known in js_sys::Array::from(&field(&question, "excludeCredentials")?).iter() {
        to_bytes(&known, "id")?;
    }
    let said = JsFuture::from(make(&options).map_err(trouble)?).await.map_err(trouble)?;
    let answer = answer(&said, &["clientDataJSON", "attestationObject"], "")?;
    post(address, &answer).await.map(|_| ())
}

/// What the server reads: the authenticator's words as JSON. The parts are letters of base64url.
fn answer(said: &JsValue, parts: &[&str], next: &str) -> Result<String, Trouble> {
    let id = as_text(said, "rawId")?;
    let response = field(said, "response")?;
    let mut words = String::new();
    for part in parts {
        if !words.is_empty() {
            words.push(',');
        }
        words.push_str(&format!("\"{part}\":\"{}\"", as_text(&response, part)?));
    }
    let next = JSON::stringify(&next.into()).map(String::from).map_err(|_| Trouble::Failed)?;
    Ok(format!(
        "{{\"next\":{next},\"credential\":{{\"id\":\"{id}\",\"rawId\":\"{id}\",\
         \"type\":\"public-key\",\"response\":{{{words}}}}}}}"
    ))
}

fn field(object: &JsValue, name: &str) -> Result<JsValue, Trouble> {
    Reflect::get(object, &name.into()).map_err(|_| Trouble::Failed)
}

/// Bytes as text.
fn as_text(object: &JsValue, name: &str) -> Result<String, Trouble> {
    Ok(encode(&Uint8Array::new(&field(object, name)?).to_vec()))
}

/// Puts bytes where the server could only write text.
fn to_bytes(object: &JsValue, name: &str) -> Result<(), Trouble> {
    let bytes = field(object, name)?.as_string().and_then(|text| decode(&text));
    let bytes = Uint8Array::from(bytes.ok_or(Trouble::Failed)?.as_slice());
    Reflect::set(object, &name.into(), &bytes).map(|_| ()).map_err(|_| Trouble::Failed)
}

/// Posts JSON and reads JSON.
async fn post(address: &str, body: &str) -> Result<JsValue, Trouble> {
    let answer = send(address, body).await.map_err(|_| Trouble::Failed)?;
    let status = answer.status();
    let read = answer.json().map_err(|_| Trouble::Failed)?;
    let read = JsFuture::from(read).await.map_err(|_| Trouble::Failed)?;
    match status {
        200 => Ok(read),
        401 => Err(Trouble::SignedOut),
        429 => Err(Trouble::TooOften),
        _ => {
            let word = field(&read, "error")?.as_string().unwrap_or_default();
            Err(NotDone::parse(&word).map_or(Trouble::Failed, Trouble::NotDone))
        }
    }
}

async fn send(address: &str, body: &str) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    headers.set("content-type", "application/json")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body.into());
    JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?.dyn_into()
}

/// Why the browser or the authenticator did not do it.
fn trouble(error: JsValue) -> Trouble {
    let name = field(&error, "name").ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" | "AbortError" => Trouble::Cancelled,
        "InvalidStateError" => Trouble::HereAlready,
        "NotSupportedError" | "ConstraintError" | "SecurityError" => Trouble::Cannot,
        _ => Trouble::Failed,
    }
}
