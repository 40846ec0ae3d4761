//! Who asks.

use axum::extract::{ConnectInfo, Request};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The network address that a request comes from. Behind a trusted proxy it is the last one that the
/// proxy wrote into `X-Forwarded-For`; what stands before it anybody can have written.
pub fn address_of(request: &Request, trust_proxy: bool) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
    if !trust_proxy {
        return peer;
    }
    request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(peer)
}

/// What counts as one reader: an address; of IPv6 the network, which is one household and not 2^64 of them.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
        },
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn a_client_cannot_choose_its_own_address() {
        let request = Request::builder()
            .header("x-forwarded-for", "203.0.113.9, 192.0.2.7")
            .extension(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 1))))
            .body(Body::empty())
            .unwrap();
        assert_eq!(address_of(&request, true), IpAddr::from([192, 0, 2, 7]));
        assert_eq!(address_of(&request, false), IpAddr::from([10, 0, 0, 1]));
    }
}
