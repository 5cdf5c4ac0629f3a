//! The desk's pages: who can read along, and how long the certificate holds.

use jiff::Timestamp;

use super::Findings;
use crate::certificate::{Certificate, Facts};
use crate::config::Settings;

const SUBJECT: &str = "pages";

/// Looks at address and certificate; opens no port.
pub fn look(findings: &mut Findings, settings: &Settings) {
    let web = &settings.web;
    let Ok(Some(address)) = web.address() else {
        return findings.ok(SUBJECT, "off: web.address is empty, so no port is opened");
    };
    let Some(files) = web.files() else {
        if web.is_readable_on_the_way() {
            return findings.look(
                SUBJECT,
                format!("http://{address}: whoever is on that network can read names and passwords; “clubhouse-kiosk certificate make” makes a certificate"),
            );
        }
        return findings.ok(SUBJECT, format!("http://{address}, on this machine only"));
    };
    // Browsers go by the true time, whatever a demonstration's clock shows.
    let now = Timestamp::now();
    match Certificate::read(&files, now) {
        Err(error) => findings.wrong(SUBJECT, format!("https://{address} is not served: {error}")),
        Ok(certificate) => match wanting(&certificate.facts, web.public_host(), now) {
            Some(words) => findings.look(SUBJECT, format!("https://{address}: {words}")),
            None => findings.ok(
                SUBJECT,
                format!(
                    "https://{address}, for {}, {} days left",
                    certificate.facts.names.join(", "),
                    certificate.facts.days_left(now)
                ),
            ),
        },
    }
}

/// What a certificate that can be used still lacks.
fn wanting(facts: &Facts, phones: Option<&str>, now: Timestamp) -> Option<String> {
    if facts.not_before > now {
        return Some(format!(
            "the certificate holds from {} only; is this machine's clock right?",
            facts.not_before
        ));
    }
    if facts.ends_soon(now) {
        return Some(format!(
            "the certificate ends on {}, in {} days; renew it",
            facts.not_after,
            facts.days_left(now)
        ));
    }
    let host = phones.filter(|host| !facts.is_for(host))?;
    Some(format!(
        "web.public_url names {host}, but the certificate is for {} only; phones will refuse the page",
        facts.names.join(", ")
    ))
}
