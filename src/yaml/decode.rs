//! From the tree to a type: a serde deserializer over [`Node`] that keeps positions.

use std::fmt;

use serde::de::value::{StrDeserializer, U32Deserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Kind, Node};
use crate::model::Spanned;
use crate::source::Span;

/// Why a tree does not fit a type. After the shape check this is rare: a date, a weight out of its type's range.
#[derive(Debug)]
pub struct DecodeError {
    /// serde's sentence, in English.
    pub detail: String,
    /// The innermost value that did not fit.
    pub span: Option<Span>,
}

impl DecodeError {
    fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { detail: message.to_string(), span: None }
    }
}

/// Decodes a tree into a type of the model.
pub fn decode<T: de::DeserializeOwned>(node: &Node) -> Result<T, DecodeError> {
    T::deserialize(Reader(node))
}

#[derive(Clone, Copy)]
struct Reader<'a>(&'a Node);

impl Reader<'_> {
    fn finish<T>(self, result: Result<T, DecodeError>) -> Result<T, DecodeError> {
        result.map_err(|error| error.at(self.0.anchor()))
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let result = match &self.0.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Plain(raw) => match raw.parse::<i64>() {
                Ok(number) => visitor.visit_i64(number),
                Err(_) => visitor.visit_str(raw),
            },
            Kind::Text(text) => visitor.visit_str(text),
            Kind::List(items) => visitor.visit_seq(Items(items.iter())),
            Kind::Map(entries) => visitor.visit_map(Entries { rest: entries.iter(), value: None }),
        };
        self.finish(result)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0.scalar() {
            Some(text) => self.finish(visitor.visit_str(text)),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0.scalar() {
            Some("true") => self.finish(visitor.visit_bool(true)),
            Some("false") => self.finish(visitor.visit_bool(false)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        // The model has one tuple struct: Spanned.
        self.finish(visitor.visit_seq(WithPosition { node: self.0, step: 0 }))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let result = match &self.0.kind {
            Kind::Plain(word) | Kind::Text(word) => {
                let word: StrDeserializer<'_, DecodeError> = word.as_str().into_deserializer();
                visitor.visit_enum(word)
            }
            Kind::Map(entries) if entries.len() == 1 => visitor.visit_enum(OneKey(&entries[0].0, &entries[0].1)),
            Kind::Map(_) => Err(de::Error::custom("exactly one key is expected")),
            _ => Err(de::Error::custom("a word is expected")),
        };
        self.finish(result)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple map
        struct identifier
    }
}

struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        self.0.next().map(|node| seed.deserialize(Reader(node))).transpose()
    }
}

struct Entries<'a> {
    rest: std::slice::Iter<'a, (Spanned<String>, Node)>,
    value: Option<&'a Node>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = DecodeError;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        let Some((key, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(KeyReader(key)).map(Some).map_err(|error| error.at(key.span))
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DecodeError> {
        match self.value.take() {
            Some(node) => seed.deserialize(Reader(node)),
            None => Err(de::Error::custom("value without key")),
        }
    }
}

/// A map's key, which may be wanted with its position.
struct KeyReader<'a>(&'a Spanned<String>);

impl<'de> Deserializer<'de> for KeyReader<'_> {
    type Error = DecodeError;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_str(self.0)
    }
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_seq(KeyWithPosition { key: self.0, step: 0 })
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let word: StrDeserializer<'_, DecodeError> = self.0.as_str().into_deserializer();
        visitor.visit_enum(word)
    }
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple map struct identifier ignored_any
    }
}

/// Gives start, end and value, in this order, to the visitor of `Spanned`.
struct WithPosition<'a> {
    node: &'a Node,
    step: u8,
}

impl<'de> SeqAccess<'de> for WithPosition<'_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        self.step += 1;
        let span = self.node.span;
        match self.step {
            1 => seed.deserialize(offset(span.start)),
            2 => seed.deserialize(offset(span.end)),
            _ => seed.deserialize(Reader(self.node)),
        }
        .map(Some)
    }
}

struct KeyWithPosition<'a> {
    key: &'a Spanned<String>,
    step: u8,
}

impl<'de> SeqAccess<'de> for KeyWithPosition<'_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        self.step += 1;
        match self.step {
            1 => seed.deserialize(offset(self.key.span.start)),
            2 => seed.deserialize(offset(self.key.span.end)),
            _ => seed.deserialize(KeyReader(self.key)),
        }
        .map(Some)
    }
}

fn offset(byte: u32) -> U32Deserializer<DecodeError> {
    byte.into_deserializer()
}

/// An externally tagged enum: a map with one key.
struct OneKey<'a>(&'a Spanned<String>, &'a Node);

impl<'de, 'a> EnumAccess<'de> for OneKey<'a> {
    type Error = DecodeError;
    type Variant = Content<'a>;
    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content<'a>), DecodeError> {
        let name = seed.deserialize(KeyReader(self.0)).map_err(|error| error.at(self.0.span))?;
        Ok((name, Content(self.1)))
    }
}

struct Content<'a>(&'a Node);

impl<'de> VariantAccess<'de> for Content<'_> {
    type Error = DecodeError;
    fn unit_variant(self) -> Result<(), DecodeError> {
        Err(de::Error::custom("no value is expected here"))
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, DecodeError> {
        seed.deserialize(Reader(self.0))
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, DecodeError> {
        Reader(self.0).deserialize_any(visitor)
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, DecodeError> {
        Reader(self.0).deserialize_any(visitor)
    }
}
