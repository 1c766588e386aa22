//! Findings in one line each, `path:line:column: error[code]: message`, as editors and log readers expect them. Words
//! before the message are the same in every language.

use super::{Context, resolved};
use crate::diagnostic::Diagnostic;

/// All findings; nothing where there are none.
pub fn render(context: Context<'_>, findings: &[Diagnostic]) -> String {
    resolved::all(context, findings).iter().map(|finding| finding.line() + "\n").collect()
}
