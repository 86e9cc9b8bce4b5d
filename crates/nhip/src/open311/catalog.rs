//! What the city offers: discovery, services, and the questions of one service.

use super::format::{Format, Out};
use domain::pack::Pack;
use domain::service::{Datatype, Service};

/// When what this door answers last changed in a way that programs must know of.
const CHANGESET: &str = "2026-11-01T00:00:00Z";
const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";

/// `discovery`: where to ask and in which formats. In a demo the endpoint is also one to test with.
pub fn discovery(
    format: Format,
    pack: &Pack,
    language: &str,
    public_url: &str,
    demo: bool,
    key_service: &str,
) -> String {
    let contacts: Vec<String> =
        pack.contacts.iter().map(|c| format!("{}: {}", c.label.text(language), c.value)).collect();
    Out::new(format, 1_000).root_object("discovery", |out| {
        out.text("changeset", Some(CHANGESET));
        out.text("contact", Some(&contacts.join("; ")));
        out.text("key_service", Some(key_service));
        out.list("endpoints", |out| {
            let kinds: &[&str] = if demo { &["production", "test"] } else { &["production"] };
            for kind in kinds {
                out.item("endpoint", |out| {
                    out.text("specification", Some(SPECIFICATION));
                    out.text("url", Some(&format!("{public_url}/open311/v2")));
                    out.text("changeset", Some(CHANGESET));
                    out.text("type", Some(kind));
                    out.list("formats", |out| {
                        out.member("format", "application/json");
                        out.member("format", "text/xml");
                    });
                });
            }
        });
    })
}

/// `services`: the same everywhere in the city.
pub fn services(format: Format, pack: &Pack, language: &str) -> String {
    Out::new(format, pack.services.len() * 400).root_list("services", |out| {
        for service in &pack.services {
            out.item("service", |out| {
                out.text("service_code", Some(service.code.as_str()));
                out.text("service_name", Some(service.name.text(language)));
                out.text("description", Some(service.hint.text(language)));
                out.plain("metadata", Some(!service.attributes.is_empty()));
                out.text("type", Some("realtime"));
                let keywords = service.keywords.get(language).map(|words| words.join(","));
                out.text("keywords", keywords.as_deref());
                let group = pack.field(&service.field).map(|field| field.name.text(language));
                out.text("group", group);
            });
        }
    })
}

/// `services/{code}`: what it asks.
pub fn definition(format: Format, service: &Service, language: &str) -> String {
    Out::new(format, 1_000).root_object("service_definition", |out| {
        out.text("service_code", Some(service.code.as_str()));
        out.list("attributes", |out| {
            for attribute in &service.attributes {
                out.item("attribute", |out| {
                    out.plain("variable", Some(true));
                    out.text("code", Some(&attribute.code));
                    out.text("datatype", Some(datatype(attribute.datatype)));
                    out.plain("required", Some(attribute.required));
                    out.text("datatype_description", Some(attribute.hint.text(language)));
                    out.plain("order", Some(attribute.order));
                    out.text("description", Some(attribute.question.text(language)));
                    out.list("values", |out| {
                        for value in &attribute.values {
                            out.item("value", |out| {
                                out.text("key", Some(&value.key));
                                out.text("name", Some(value.name.text(language)));
                            });
                        }
                    });
                });
            }
        });
    })
}

fn datatype(datatype: Datatype) -> &'static str {
    match datatype {
        Datatype::String => "string",
        Datatype::Number => "number",
        Datatype::DateTime => "datetime",
        Datatype::Text => "text",
        Datatype::SingleValueList => "singlevaluelist",
        Datatype::MultiValueList => "multivaluelist",
    }
}
