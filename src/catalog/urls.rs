//! Which addresses a report may link to.

/// A link that is safe to follow: only the web and mail.
pub fn safe_url(url: &str) -> &str {
    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let clean = !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"|[]{}".contains(c));
    if clean && matches!(scheme.as_str(), "http" | "https" | "mailto") { url } else { "" }
}

#[cfg(test)]
mod tests {
    use super::safe_url;

    #[test]
    fn only_web_and_mail_links_survive() {
        assert_eq!(safe_url("https://a.example/b?c=d"), "https://a.example/b?c=d");
        for bad in ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "https://a b", "https://a\"onclick=x"] {
            assert_eq!(safe_url(bad), "");
        }
    }
}
