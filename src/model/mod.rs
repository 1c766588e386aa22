//! Plain data as written in the YAML files: shapes only, no logic, no input or output.
//!
//! One file per kind of document, plus the small types they share. Each type is at once what the
//! reader decodes, what the editor's schema is made from, and what is embedded in the program.

mod checklist;
mod condition;
mod criterion;
mod date;
mod glossary;
mod law;
mod lint_page;
mod messenger;
mod organisation;
mod policy;
mod positions;
mod spanned;
mod text;
mod upkeep;
mod use_case;
mod value;
mod vocabulary;

pub use checklist::{Checklist, Level, Requirement, SeenAs};
pub use condition::{Answer, Condition, Test};
pub use criterion::{Criterion, Example, Goal, OutcomeName, Row};
pub use date::Date;
pub use glossary::{Glossary, Term};
pub use law::Law;
pub use lint_page::{LintLevel, LintPage};
pub use messenger::{Basis, Confidence, Effort, Event, Fact, Measure, Messenger, SourceKind, SourceRef};
pub use organisation::Organisation;
pub use policy::{Defaults, LeastVerdict, Permission, Policy};
pub use positions::{Difference, DifferenceReason, Position, PositionKind, Positions, Stance};
pub use spanned::Spanned;
pub use text::{Lang, Name, Text};
pub use upkeep::{Contradiction, Contradictions, Freshness, Limits, Redirects, Waiver, Waivers};
pub use use_case::{DemandedBy, Duty, KnockOut, LegalBasis, Required, UseCase};
pub use value::Value;
pub use vocabulary::{FactDef, Kind, Vocabulary};
