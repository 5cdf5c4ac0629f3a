//! The pages of a clubhouse behind a port, with or without a certificate, and callers who speak
//! byte by byte.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clubhouse_kiosk::certificate::{self, Made, Wanted};
use clubhouse_kiosk::config::{Settings, Web as Pages};
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::Bell;
use clubhouse_kiosk::web::{self, Keeper, Web};
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::support::Clubhouse;

/// Longer than anything here takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Served until it is dropped.
pub struct Door {
    pub runtime: Runtime,
    pub address: SocketAddr,
    pub changed: watch::Sender<u64>,
    pub serving: Option<JoinHandle<()>>,
    pub stopping: Arc<AtomicBool>,
}

/// Makes a certificate for the story's own names.
pub fn certificate(folder: &Path) -> Made {
    let names = vec!["kiosk.lan".to_owned(), "127.0.0.1".to_owned()];
    let wanted = Wanted { house: "邻里会所".into(), names, days: 825 };
    certificate::make(folder, &wanted, Timestamp::now()).unwrap()
}

/// Settings for pages with that certificate.
pub fn sealed(made: &Made) -> Settings {
    let web = Pages {
        certificate: made.files.certificate.clone(),
        key: made.files.key.clone(),
        ..Pages::default()
    };
    Settings { web, ..Settings::default() }
}

impl Door {
    /// Opens the pages as the clubhouse's settings say.
    pub fn of(clubhouse: &Clubhouse) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let (changed, follow) = watch::channel(0);
        let (alarm, _) = Alarm::new();
        let house = clubhouse.house.clone();
        let files = house.settings.web.files();
        let board = clubhouse.board.clone();
        let app = web::app(Web::new(house, board, Bell::default(), alarm, follow));
        let stopping = Arc::new(AtomicBool::new(false));
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let serving = match files {
            None => runtime.spawn(web::serve(listener, app, stopping.clone())),
            Some(files) => {
                let (keeper, seal, wrong) = Keeper::open(files);
                assert!(wrong.is_none(), "{wrong:?}");
                runtime.spawn(keeper.keep(stopping.clone()));
                runtime.spawn(web::serve_sealed(listener, seal, app, stopping.clone()))
            }
        };
        Self { runtime, address, changed, serving: Some(serving), stopping }
    }

    /// A connection on which nothing has been said.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// A connection on which this was said.
    pub fn say(&self, words: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(words.as_bytes()).unwrap();
        stream
    }

    /// Says this unencrypted and hears the answer.
    pub fn ask(&self, words: &str) -> String {
        heard(&mut self.say(words))
    }

    /// Says this over TLS, as whoever trusts this authority and looks for this name.
    pub fn ask_sealed(&self, authority: &Path, name: &str, words: &str) -> Result<String, String> {
        let mut stream = handshake(self.address, authority, name)?;
        stream.write_all(words.as_bytes()).map_err(|e| e.to_string())?;
        Ok(heard(&mut stream))
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
    }
}

/// A connection over TLS, once the handshake is through.
pub fn handshake(
    address: SocketAddr,
    authority: &Path,
    name: &str,
) -> Result<StreamOwned<ClientConnection, TcpStream>, String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority).unwrap()).unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let client = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(address).map_err(|e| e.to_string())?;
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut stream = StreamOwned::new(client, stream);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).map_err(|e| e.to_string())?;
    }
    Ok(stream)
}

/// Everything until the other side closes.
pub fn heard(stream: &mut impl Read) -> String {
    let (mut all, mut some) = (Vec::new(), [0; 4096]);
    while let Ok(n) = stream.read(&mut some) {
        if n == 0 {
            break;
        }
        all.extend_from_slice(&some[..n]);
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// Asks for a page and closes.
pub fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
}

/// Sends a form and closes.
pub fn post(path: &str, form: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
}

/// Waits until something is so.
#[track_caller]
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        std::thread::yield_now();
    }
}
