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
pub use text::{Lang, Name, Text, spelled_out};
pub use upkeep::{Contradiction, Contradictions, Freshness, Limits, Redirects, Waiver, Waivers};
pub use use_case::{DemandedBy, Duty, KnockOut, LegalBasis, Required, UseCase};
pub use value::Value;
pub use vocabulary::{FactDef, Kind, Vocabulary};

#[cfg(test)]
mod tests {
    use schemars::{JsonSchema, schema_for};
    use serde::de::DeserializeOwned;
    use serde_json::Value as Json;

    use super::*;

    /// Each word the schema lists is read as a value of that id.
    fn same<T: JsonSchema + DeserializeOwned>(id: fn(T) -> &'static str) {
        let schema: Json = schema_for!(T).into();
        let variants = schema["oneOf"].as_array().unwrap();
        let listed = variants.iter().flat_map(|own| {
            let several = own["enum"].as_array().into_iter().flatten();
            several.chain(own.get("const"))
        });
        let words: Vec<&Json> = listed.collect();
        assert!(words.len() > 1, "{schema}");
        for word in words {
            assert_eq!(Some(id(serde_json::from_value(word.clone()).unwrap())), word.as_str());
        }
    }

    #[test]
    fn ids_are_the_words_of_the_data() {
        same(Basis::id);
        same(Confidence::id);
        same(Effort::id);
        same(Goal::id);
        same(Kind::id);
        same(Level::id);
        same(OutcomeName::id);
        same(PositionKind::id);
        same(SourceKind::id);
        same(Stance::id);
    }
}
