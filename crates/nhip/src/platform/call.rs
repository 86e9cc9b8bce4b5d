//! Calls addresses that others gave us: push services, webhooks. Nobody must be able to make this server reach what only
//! it can reach (server-side request forgery), nor hold it up.
//!
//! So: https only, no address inside a private network or on this machine, whatever a name resolves to at the moment of
//! the call; no redirects, no proxies, short timeouts, and of an answer nothing but its head is read.

use super::error::{Error, Result};
use jiff::SignedDuration;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::lookup_host;

/// How long a call may take altogether, and to be connected.
const LONGEST: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);
/// Characters of an address; those of push services have some 300.
const URL_CHARS: usize = 2_000;
/// Nobody who asks us to wait longer than this is heeded beyond it.
const LONGEST_WAIT: i64 = 24 * 3_600;

/// Makes calls. Cheap to clone.
#[derive(Clone)]
pub struct Caller {
    client: Client,
    /// Tests have what they call on this machine, without TLS.
    loopback: bool,
}

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Called {
    pub status: u16,
    /// How long we were asked to wait (`Retry-After`, in seconds).
    pub wait: Option<SignedDuration>,
}

impl Caller {
    /// `loopback`: this machine may be called too, and without TLS; for tests only.
    pub fn open(loopback: bool) -> Result<Self> {
        let failed = |e: &dyn std::fmt::Display| Error::failed("prepare calls", e);
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| failed(&e))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .timeout(LONGEST)
            .connect_timeout(CONNECT)
            .dns_resolver(Outside { loopback })
            .user_agent(concat!("nhip/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|e| failed(&e))?;
        Ok(Self { client, loopback })
    }

    /// The address, if it is one we would call; what its name resolves to is asked at each call.
    pub fn address(&self, url: &str) -> Option<Url> {
        if url.chars().count() > URL_CHARS {
            return None;
        }
        let url = Url::parse(url).ok()?;
        let host = url.host_str()?;
        let literal: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let is_local = literal.is_some_and(|ip| ip.is_loopback()) || host == "localhost";
        let scheme =
            url.scheme() == "https" || (url.scheme() == "http" && self.loopback && is_local);
        let open = literal.is_none_or(|ip| may_call(ip, self.loopback));
        let plain = url.username().is_empty() && url.password().is_none();
        let named = literal.is_some() || self.loopback || host.contains('.');
        (scheme && open && plain && named).then_some(url)
    }

    /// Sends a body. An error says what went wrong in words that hold no address.
    pub async fn post(
        &self,
        url: &str,
        headers: &[(&'static str, &str)],
        body: Vec<u8>,
    ) -> Result<Called, String> {
        let url = self.address(url).ok_or("refused: not an address we call")?;
        let mut call = self.client.post(url).body(body);
        for (name, value) in headers {
            call = call.header(*name, *value);
        }
        let sent = call.send().await;
        let answer = sent.map_err(|e| said(&e))?;
        let wait = answer.headers().get(RETRY_AFTER).and_then(seconds);
        Ok(Called { status: answer.status().as_u16(), wait })
    }
}

fn seconds(value: &HeaderValue) -> Option<SignedDuration> {
    let seconds: i64 = value.to_str().ok()?.trim().parse().ok()?;
    (seconds > 0).then(|| SignedDuration::from_secs(seconds.min(LONGEST_WAIT)))
}

/// The innermost cause: the outer ones repeat the address.
fn said(error: &reqwest::Error) -> String {
    let kind = match () {
        () if error.is_timeout() => "timeout",
        () if error.is_connect() => "cannot connect",
        () => "call failed",
    };
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if std::ptr::eq(std::ptr::from_ref(cause).cast::<()>(), std::ptr::from_ref(error).cast::<()>())
    {
        return kind.to_owned();
    }
    format!("{kind}: {cause}")
}

/// Resolves names to what lies outside.
struct Outside {
    loopback: bool,
}

impl Resolve for Outside {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback = self.loopback;
        Box::pin(async move {
            let found: Vec<SocketAddr> = lookup_host((name.as_str(), 0)).await?.collect();
            // One address inside is one too many: it may be the one that is tried.
            if found.iter().all(|address| may_call(address.ip(), loopback)) {
                let found: Addrs = Box::new(found.into_iter());
                return Ok(found);
            }
            let refused = io::Error::other("refused: an address of a private network");
            Err::<Addrs, Box<dyn std::error::Error + Send + Sync>>(refused.into())
        })
    }
}

fn may_call(ip: IpAddr, loopback: bool) -> bool {
    (loopback && ip.is_loopback()) || is_public(ip)
}

/// Whether an address is one of the internet at large (IANA's registries of special-purpose addresses).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        // Carriers' own (100.64/10), protocol assignments (192.0.0/24), old relays (192.88.99/24), benchmarks (198.18/15).
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    // Written in another way, or led through a translator, an address of the old internet is the same address.
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    let (a, b) = match ip.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            return is_public_v4(v4(high, low));
        }
        [a, b, ..] => (a, b),
    };
    // What is given out lies in 2000::/3; of it, 2001::/23 is for protocols and 2001:db8::/32 and 3fff::/20 for books.
    let given_out = (0x2000..0x4000).contains(&a);
    let protocols = a == 0x2001 && b < 0x0200;
    let books = (a == 0x2001 && b == 0x0db8) || (a == 0x3fff && b < 0x1000);
    given_out && !protocols && !books
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    #[test]
    fn only_addresses_of_the_internet_at_large_are_called() {
        let caller = Caller::open(false).unwrap();
        for inside in [
            "https://127.0.0.1/",
            "https://localhost/",
            "https://10.0.0.8/",
            "https://172.16.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://0/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://255.255.255.255/",
            "https://224.0.0.1/",
            "https://[::1]/",
            "https://[::]/",
            "https://[fe80::1]/",
            "https://[fd00::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[::127.0.0.1]/",
            "https://[64:ff9b::a00:1]/",
            "https://[2002:a00:1::]/",
            "https://[2001:db8::1]/",
            "https://metadata/",
            "http://push.example.org/",
            "ftp://push.example.org/",
            "https://user:secret@push.example.org/",
            "file:///etc/passwd",
            "push.example.org",
            "",
        ] {
            assert!(caller.address(inside).is_none(), "{inside}");
        }
        for outside in [
            "https://push.example.org/send/abc",
            "https://fcm.googleapis.com:443/fcm/send/x",
            "https://9.9.9.9/",
            "https://[2620:fe::fe]/",
        ] {
            assert!(caller.address(outside).is_some(), "{outside}");
        }
        let long = format!("https://push.example.org/{}", "x".repeat(URL_CHARS));
        assert!(caller.address(&long).is_none());
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_at_the_moment_of_the_call() {
        // It would be there to be called, and would be, were it allowed.
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let caller = Caller { loopback: true, ..Caller::open(false).unwrap() };
        let refused = caller.post(&format!("http://localhost:{port}/"), &[], Vec::new()).await;
        assert!(refused.clone().unwrap_err().contains("private network"), "{refused:?}");
    }

    /// Answers each request with these words.
    async fn server(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        format!("http://127.0.0.1:{port}/")
    }

    #[tokio::test]
    async fn an_answer_is_its_status_and_leads_nowhere_else() {
        let caller = Caller::open(true).unwrap();
        let there = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        let found: &'static str = format!(
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: {there}\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n"
        )
        .leak();
        let moved = server(found).await;
        let called = caller.post(&moved, &[], b"x".to_vec()).await.unwrap();
        assert_eq!(called, Called { status: 307, wait: Some(SignedDuration::from_secs(7)) });
    }
}
