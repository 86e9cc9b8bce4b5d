//! The address of whoever asks, behind the proxies that the operator named.
//!
//! Each proxy writes down at the end whom it had before it. So the list is read from its end: what a proxy of ours wrote
//! is true, what stands before the first stranger anybody may have written. Several lines of a header are one list. An
//! entry that is no address ends the reading: the proxy that wrote it is the last we know.

use crate::platform::error::Error;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::FORWARDED;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// In which header proxies write down who asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ProxyHeader {
    /// What most of them write.
    #[default]
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

/// Whom we believe, and what.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    pub addresses: Vec<IpAddr>,
    pub header: ProxyHeader,
}

/// The address of whoever asks.
#[derive(Debug, Clone, Copy)]
pub struct Client(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let known = parts.extensions.get::<Self>().copied();
        known.ok_or_else(|| Error::failed("know the address", "no middleware"))
    }
}

/// The middleware: finds out the [`Client`].
pub async fn know(
    State(proxies): State<Arc<Proxies>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip());
    let client = Client(proxies.client(peer, request.headers()));
    request.extensions_mut().insert(client);
    next.run(request).await
}

impl Proxies {
    /// Whether it is one of those the operator named.
    pub fn ours(&self, address: IpAddr) -> bool {
        self.addresses.iter().any(|ours| ours.to_canonical() == address.to_canonical())
    }

    /// Who asks, where `peer` is at the other end of the connection.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let (name, read) = match self.header {
            ProxyHeader::XForwardedFor => (X_FORWARDED_FOR, address as fn(&str) -> Option<IpAddr>),
            ProxyHeader::Forwarded => (FORWARDED, forwarded_for as fn(&str) -> Option<IpAddr>),
        };
        let mut known = peer;
        let lines: Vec<_> = headers.get_all(name).iter().collect();
        let mut hops = lines.iter().rev().flat_map(|line| line.as_bytes().rsplit(|b| *b == b','));
        while self.ours(known)
            && let Some(hop) = hops.next().and_then(|hop| read(str::from_utf8(hop).ok()?.trim()))
        {
            known = hop;
        }
        known
    }
}

/// `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:443`.
fn address(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let alone = bare.parse().ok();
    alone.or_else(|| hop.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

/// `for=192.0.2.1;proto=https`, `For="[2001:db8::1]:443"`; `for=unknown` and `for=_hidden` name nobody.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let mut named = pairs.filter(|(name, _)| name.eq_ignore_ascii_case("for"));
    named.next().and_then(|(_, value)| address(value.trim().trim_matches('"')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Header lines as they arrive, and the client that is counted.
    type Case = (&'static str, &'static [&'static str], &'static str);

    fn check(header: ProxyHeader, cases: &[Case]) {
        let name = match header {
            ProxyHeader::XForwardedFor => X_FORWARDED_FOR,
            ProxyHeader::Forwarded => FORWARDED,
        };
        let addresses = ["127.0.0.1", "10.0.0.7", "2001:db8:aa::1"].map(|ip| ip.parse().unwrap());
        let proxies = Proxies { addresses: addresses.to_vec(), header };
        for (what, lines, expected) in cases {
            let mut headers = HeaderMap::new();
            for line in *lines {
                headers.append(&name, line.parse().unwrap());
            }
            let client = proxies.client("127.0.0.1".parse().unwrap(), &headers);
            assert_eq!(client, expected.parse::<IpAddr>().unwrap(), "{what}: {lines:?}");
        }
    }

    #[test]
    fn whoever_asks_is_found_behind_each_common_proxy_and_not_forged() {
        check(
            ProxyHeader::XForwardedFor,
            &[
                ("nginx, Caddy: the peer alone", &["192.0.2.9"], "192.0.2.9"),
                ("nginx appends to what was sent", &["1.1.1.1, 192.0.2.9"], "192.0.2.9"),
                ("HAProxy adds a line of its own", &["1.1.1.1", "192.0.2.9"], "192.0.2.9"),
                ("Azure appends a port", &["1.1.1.1, 192.0.2.9:51234"], "192.0.2.9"),
                ("and with IPv6", &["1.1.1.1, [2001:db8::9]:51234"], "2001:db8::9"),
                ("Apache: IPv6 without brackets", &["2001:db8::9"], "2001:db8::9"),
                ("brackets without a port", &["[2001:db8::9]"], "2001:db8::9"),
                ("two of ours in a row", &["1.1.1.1, 192.0.2.9, 10.0.0.7"], "192.0.2.9"),
                ("ours by IPv6", &["192.0.2.9, 2001:db8:aa::1"], "192.0.2.9"),
                ("ours mapped into IPv6", &["192.0.2.9, ::ffff:10.0.0.7"], "192.0.2.9"),
                ("a hop without a name ends it", &["1.1.1.1, unknown"], "127.0.0.1"),
                ("as does an empty one", &["1.1.1.1, "], "127.0.0.1"),
                ("behind one of ours too", &["1.1.1.1, garbage, 10.0.0.7"], "10.0.0.7"),
                ("no header", &[], "127.0.0.1"),
                ("nothing but ours", &["10.0.0.7"], "10.0.0.7"),
            ],
        );
        check(
            ProxyHeader::Forwarded,
            &[
                ("RFC 7239", &["for=192.0.2.9;proto=https;by=10.0.0.7"], "192.0.2.9"),
                ("capitals, quotes, a port", &["For=\"192.0.2.9:443\""], "192.0.2.9"),
                ("IPv6", &["for=\"[2001:db8::9]:443\";host=a"], "2001:db8::9"),
                ("a chain", &["for=1.1.1.1, proto=http;for=192.0.2.9"], "192.0.2.9"),
                ("several lines", &["for=1.1.1.1", "for=192.0.2.9"], "192.0.2.9"),
                ("hidden", &["for=1.1.1.1, for=_gazonk"], "127.0.0.1"),
                ("unknown", &["for=1.1.1.1, for=unknown"], "127.0.0.1"),
                ("says only by whom", &["for=1.1.1.1, by=10.0.0.7"], "127.0.0.1"),
            ],
        );
    }

    #[test]
    fn a_stranger_is_never_believed_nor_the_other_header() {
        let proxies =
            Proxies { addresses: vec!["10.0.0.7".parse().unwrap()], ..Proxies::default() };
        let said = |name: HeaderName| HeaderMap::from_iter([(name, "1.1.1.1".parse().unwrap())]);
        let (stranger, ours) = ("192.0.2.9".parse().unwrap(), "10.0.0.7".parse().unwrap());
        assert_eq!(proxies.client(stranger, &said(X_FORWARDED_FOR)), stranger);
        assert_eq!(proxies.client(ours, &said(FORWARDED)), ours);
    }
}
