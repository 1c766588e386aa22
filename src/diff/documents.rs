//! What changed within one criterion, use case, fact definition, checklist or body of positions.

use indexmap::IndexMap;

use crate::catalog::Rule;
use crate::model::{
    Checklist, Criterion, FactDef, Goal, KnockOut, Position, Positions, Required, Requirement, Spanned, UseCase, Value,
};

use super::Sides;
use super::facts::source;
use super::parts::{Item, Part, Parts, Shown, What, Within, all_in_order, all_keys, by_id, same_value};

fn word(text: &Spanned<String>) -> Shown {
    Shown::Word(text.value.clone())
}

fn goal(goal: Goal) -> Shown {
    Shown::Key("goal", goal.id())
}

/// What changed within a criterion.
pub fn criterion(old: &Rule, new: &Rule) -> Within {
    let area = |rule: &Rule| Some(Shown::Word(rule.area.clone()));
    let mut parts = Parts::default();
    parts.shown("area", area(old), area(new));
    let (old, new): (&Criterion, &Criterion) = (&old.criterion, &new.criterion);
    parts.text("title", &old.title, &new.title);
    parts.text("question", &old.question, &new.question);
    parts.whole("goals", &old.goals, &new.goals);
    let weight = |own: &Criterion| Some(Shown::Number(own.weight.value.into()));
    parts.shown("weight", weight(old), weight(new));
    parts.laws("legal-basis", &old.legal_basis, &new.legal_basis);
    let rules =
        |own: &Criterion| -> Vec<_> { own.table.iter().map(|row| (row.when.clone(), row.then.clone())).collect() };
    if rules(old) == rules(new) {
        parts.whole("reasons", &old.table, &new.table);
    } else {
        parts.whole("table", &old.table, &new.table);
    }
    parts.text("remedy", &old.remedy, &new.remedy);
    parts.whole("examples", &old.examples, &new.examples);
    (parts.0, Vec::new())
}

/// What changed within a use case.
pub fn use_case(old: &UseCase, new: &UseCase) -> Within {
    let mut parts = Parts::default();
    parts.text("title", &old.title, &new.title);
    parts.text("summary", &old.summary, &new.summary);
    parts.names("aliases", &old.aliases, &new.aliases);
    setting(&mut parts, &old.setting, &new.setting);
    parts.whole("legal-basis", &old.legal_basis, &new.legal_basis);
    parts.text("consent", &old.consent, &new.consent);
    let number = |value: &Spanned<u32>| Shown::Number(value.value.into());
    parts.map("emphasis", &old.emphasis, &new.emphasis, |own| goal(own.value), |_, value| number(value));
    parts.map("weights", &old.weights, &new.weights, word, |_, value| number(value));
    parts.names("checklists", &old.checklists, &new.checklists);
    parts.whole("duties", &old.duties, &new.duties);
    let changed = |key| source("", Sides { old: old.sources.get(key), new: new.sources.get(key) }).is_some();
    let differ = all_keys(&old.sources, &new.sources).into_iter().any(changed);
    parts.whole("sources", &false, &differ);
    let knock_outs = by_id(&old.knock_outs, &new.knock_outs, |own| own.criterion.as_str());
    let items = knock_outs.into_iter().filter_map(|(old, new)| knock_out(old, new)).collect();
    (parts.0, items)
}

fn setting(
    parts: &mut Parts,
    old: &IndexMap<Spanned<String>, Spanned<Value>>,
    new: &IndexMap<Spanned<String>, Spanned<Value>>,
) {
    for key in all_in_order(old, new) {
        let sides = (old.get(key), new.get(key));
        if !matches!(sides, (Some(old), Some(new)) if same_value(old, new)) {
            let value = |own: &Spanned<Value>| Shown::Value(key.value.clone(), own.value.clone());
            parts.item("setting", Some(Shown::Fact(key.value.clone())), sides.0.map(value), sides.1.map(value));
        }
    }
}

fn knock_out(old: Option<&KnockOut>, new: Option<&KnockOut>) -> Option<Item> {
    let mut parts = Parts::default();
    if let (Some(old), Some(new)) = (old, new) {
        parts.shown("requires", Some(required(old.requires)), Some(required(new.requires)));
        parts.names("demanded-by", &old.demanded_by.requirements, &new.demanded_by.requirements);
        parts.laws("legal-basis", &old.demanded_by.laws, &new.demanded_by.laws);
        parts.text("reason", &old.reason, &new.reason);
        parts.text("limits", &old.limits, &new.limits);
    }
    let id = new.or(old)?.criterion.value.clone();
    item(id, Sides { old: None, new: None }, What::of(old.is_some(), new.is_some()), parts.0)
}

fn item(id: String, title: Sides<Option<crate::model::Text>>, what: What, parts: Vec<Part>) -> Option<Item> {
    (what != What::Changed || !parts.is_empty()).then_some(Item { id, title, what, parts })
}

fn required(required: Required) -> Shown {
    match required {
        Required::Met => Shown::Key("outcome", "met"),
        Required::Partly => Shown::Key("outcome", "partly"),
    }
}

/// What changed within a fact of the vocabulary.
pub fn fact(old: &FactDef, new: &FactDef) -> Vec<Part> {
    let mut parts = Parts::default();
    let kind = |own: &FactDef| Some(Shown::Word(own.kind.value.id().to_owned()));
    parts.shown("kind", kind(old), kind(new));
    parts.text("label", &old.label, &new.label);
    parts.text("why", &old.why, &new.why);
    for key in all_in_order(&old.values, &new.values) {
        let label = |own: &FactDef| own.values.get(key).cloned().map(Shown::Text);
        parts.item("values", Some(word(key)), label(old), label(new));
    }
    let allowed = |own: &FactDef| own.not_applicable.then_some(Shown::Key("value", "not_applicable"));
    parts.shown("not-applicable", allowed(old), allowed(new));
    parts.texts("unit", old.unit.as_ref(), new.unit.as_ref());
    parts.0
}

/// What changed within a checklist.
pub fn checklist(old: &Checklist, new: &Checklist) -> Within {
    let mut parts = Parts::default();
    parts.text("title", &old.title, &new.title);
    parts.text("authority", &old.authority, &new.authority);
    parts.shown("jurisdiction", Some(word(&old.jurisdiction)), Some(word(&new.jurisdiction)));
    parts.text("edition", &old.edition, &new.edition);
    let date = |own: &Checklist| own.date.as_ref().map(|date| Shown::Date(date.value));
    parts.shown("date", date(old), date(new));
    parts.shown("url", old.url.as_ref().map(word), new.url.as_ref().map(word));
    parts.text("scope", &old.scope, &new.scope);
    parts.text("sourcing", &old.sourcing, &new.sourcing);
    parts.whole("licence", &old.licence, &new.licence);
    let all = by_id(&old.requirements, &new.requirements, |own| own.id.as_str());
    (parts.0, all.into_iter().filter_map(|(old, new)| requirement(old, new)).collect())
}

fn requirement(old: Option<&Requirement>, new: Option<&Requirement>) -> Option<Item> {
    let mut parts = Parts::default();
    if let (Some(old), Some(new)) = (old, new) {
        parts.shown("level", Some(Shown::Key("level", old.level.id())), Some(Shown::Key("level", new.level.id())));
        parts.text("text", &old.text, &new.text);
        parts.laws("legal-basis", &old.legal_basis, &new.legal_basis);
        parts.whole("seen-as", &old.seen_as, &new.seen_as);
        parts.whole("knock-out", &old.knock_out, &new.knock_out);
        parts.names("criteria", &old.criteria, &new.criteria);
        parts.names("organisation", &old.organisation, &new.organisation);
        parts.texts("not-assessable", old.not_assessable.as_ref(), new.not_assessable.as_ref());
    }
    let id = new.or(old)?.id.value.clone();
    let title = Sides { old: old.map(|own| own.text.clone()), new: new.map(|own| own.text.clone()) };
    item(id, title, What::of(old.is_some(), new.is_some()), parts.0)
}

/// What changed within a body's positions.
pub fn positions(old: &Positions, new: &Positions) -> Within {
    let mut parts = Parts::default();
    parts.text("authority", &old.authority, &new.authority);
    parts.shown("kind", Some(Shown::Key("body", old.kind.id())), Some(Shown::Key("body", new.kind.id())));
    parts.shown("jurisdiction", Some(word(&old.jurisdiction)), Some(word(&new.jurisdiction)));
    let all = by_id(&old.positions, &new.positions, |own| own.id.as_str());
    (parts.0, all.into_iter().filter_map(|(old, new)| position(old, new)).collect())
}

fn position(old: Option<&Position>, new: Option<&Position>) -> Option<Item> {
    let mut parts = Parts::default();
    if let (Some(old), Some(new)) = (old, new) {
        parts.names("messengers", &old.messengers, &new.messengers);
        parts.names("use-cases", &old.use_cases, &new.use_cases);
        let date = |own: &Position| own.date.as_ref().map(|date| Shown::Date(date.value));
        parts.shown("date", date(old), date(new));
        parts.shown("stance", Some(Shown::Key("stance", old.stance.id())), Some(Shown::Key("stance", new.stance.id())));
        parts.text("summary", &old.summary, &new.summary);
        parts.whole("conditions", &old.conditions, &new.conditions);
        parts.shown("url", Some(word(&old.url)), Some(word(&new.url)));
        parts.shown("quote", old.quote.as_ref().map(word), new.quote.as_ref().map(word));
        let sure = |own: &Position| Some(Shown::Key("confidence", own.reliability.id()));
        parts.shown("confidence", sure(old), sure(new));
        parts.shown("superseded-by", old.superseded_by.as_ref().map(word), new.superseded_by.as_ref().map(word));
        parts.whole("backtest", &old.backtest, &new.backtest);
        parts.whole("differs", &old.differs, &new.differs);
    }
    let id = new.or(old)?.id.value.clone();
    let title = Sides { old: old.map(|own| own.summary.clone()), new: new.map(|own| own.summary.clone()) };
    item(id, title, What::of(old.is_some(), new.is_some()), parts.0)
}
