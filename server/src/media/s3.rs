//! A store that speaks S3. Its requests go over the HTTP client that is in the program anyway.

use super::store::StoreError;
use crate::config::S3Bucket;
use http_body_util::BodyExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::rt::TokioExecutor;
use object_store::aws::AmazonS3Builder;
use object_store::client::{
    ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest,
    HttpRequestBody, HttpResponse, HttpResponseBody, HttpService,
};
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// So long the service may take to begin its answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// A reader does not wait longer than this for a service that fails again and again.
const TRYING: Duration = Duration::from_secs(90);

/// The bucket.
///
/// # Errors
/// If the settings make no sense together.
pub fn open(bucket: &S3Bucket) -> Result<Arc<dyn ObjectStore>, StoreError> {
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_retry(RetryConfig { max_retries: 4, retry_timeout: TRYING, ..RetryConfig::default() })
        .with_http_connector(Connector);
    if let Some((key, secret)) = &bucket.key {
        builder = builder.with_access_key_id(key).with_secret_access_key(&secret.0);
    }
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    let store = builder.build()?;
    Ok(match bucket.prefix.as_str() {
        "" => Arc::new(store),
        prefix => Arc::new(PrefixStore::new(store, prefix)),
    })
}

#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let tls = HttpsConnectorBuilder::new().with_native_roots().map_err(|error| {
            object_store::Error::Generic { store: "S3", source: Box::new(error) }
        })?;
        let mut tcp = Tcp::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(Duration::from_secs(10)));
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(Duration::from_secs(20))
            .build(tls.https_or_http().enable_http1().wrap_connector(tcp));
        Ok(HttpClient::new(Service(client)))
    }
}

#[derive(Debug)]
struct Service(Client<HttpsConnector<Tcp>, HttpRequestBody>);

#[async_trait::async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let asked = tokio::time::timeout(PATIENCE, self.0.request(request)).await;
        let answer = asked
            .map_err(|error| HttpError::new(HttpErrorKind::Timeout, error))?
            .map_err(|error| {
                let is_connect = error.is_connect();
                let kind =
                    if is_connect { HttpErrorKind::Connect } else { HttpErrorKind::Interrupted };
                HttpError::new(kind, error)
            })?;
        let (head, body) = answer.into_parts();
        let body = body.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error));
        Ok(HttpResponse::from_parts(head, HttpResponseBody::new(body)))
    }
}
