//! Opens the address of a link: the one place where another program is started.
//!
//! The address is one argument of a program that is called without a shell, and only if it is of a kind that shows
//! something: nothing in a document is ever run.

use std::process::{Command, Stdio};

/// Why a link is not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Its address is of another kind.
    #[error("ibid opens http, https and mailto links only")]
    Kind,
    /// It has characters that no address has.
    #[error("the address is not well formed")]
    Malformed,
    /// There is nothing to open it with.
    #[error("{0} could not be started")]
    Opener(&'static str),
}

#[cfg(target_os = "macos")]
const OPENER: &str = "open";
#[cfg(not(target_os = "macos"))]
const OPENER: &str = "xdg-open";

/// An address that may be handed to an opener.
///
/// # Errors
/// When it is of a kind that is not opened, or not well formed.
pub fn checked(address: &str) -> Result<&str, LinkError> {
    let lower = address.to_ascii_lowercase();
    if !["http://", "https://", "mailto:"].iter().any(|kind| lower.starts_with(kind)) {
        return Err(LinkError::Kind);
    }
    let sound = address.len() <= 2048 && address.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if sound { Ok(address) } else { Err(LinkError::Malformed) }
}

/// Opens an address in the platform's own program, and does not wait for it.
///
/// # Errors
/// When it is not opened.
pub fn follow(address: &str) -> Result<(), LinkError> {
    let address = checked(address)?;
    let child = Command::new(OPENER)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| LinkError::Opener(OPENER))?;
    // Somebody must hear of its end, or it stays behind as a zombie.
    let mut child = child;
    let _ = std::thread::Builder::new().name("link".to_owned()).spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fault 30.
    #[test]
    fn only_what_shows_something_is_opened() {
        for (address, expected) in [
            ("https://example.org/a?b=c", Ok("https://example.org/a?b=c")),
            ("HTTP://example.org", Ok("HTTP://example.org")),
            ("mailto:a@example.org", Ok("mailto:a@example.org")),
            ("javascript:alert(1)", Err(LinkError::Kind)),
            ("file:///etc/passwd", Err(LinkError::Kind)),
            ("--help", Err(LinkError::Kind)),
            ("essay.html", Err(LinkError::Kind)),
            ("https://example.org/a b", Err(LinkError::Malformed)),
            ("https://example.org/\n;rm", Err(LinkError::Malformed)),
        ] {
            assert_eq!(checked(address), expected, "{address:?}");
        }
    }
}
