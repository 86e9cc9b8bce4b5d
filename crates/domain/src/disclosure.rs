//! Which part of a report who may see, as one table. Pages, APIs, feeds, maps and searches all ask [`may_see`].
//!
//! Identities are in no audience's reach here: they are in the vault, and each opening of it is logged. Not here either:
//! who belongs to which audience; that is the policy of accounts.

use crate::actor::Visibility;
use crate::case::Event;
use crate::place::Point;
use crate::service::Precision;
use crate::service_request::ServiceRequest;
use crate::service_request::workflow::Verb;
use crate::word;

word! {
    /// A reader, as far as disclosure goes.
    Audience {
        Public = "public",
        /// The person who sent it.
        Reporter = "reporter",
        /// Staff of the agency in charge.
        Agency = "agency",
        /// Staff of the centre; for confidential reports, the inspectorate.
        Centre = "centre",
    }
}

word! {
    /// How open a report is to everybody.
    Openness {
        Open = "open",
        /// The reporter asked that only the city reads it.
        Private = "private",
        /// About an official's conduct.
        Confidential = "confidential",
        /// A moderator took it out of sight, with a reason.
        Hidden = "hidden",
    }
}

word! {
    /// A part of a report.
    Part {
        /// Its code, state, outcome and the times of both.
        State = "state",
        Field = "field",
        Service = "service",
        Area = "area",
        /// Point and address, at the precision of the service.
        Place = "place",
        /// What the reporter wrote, redacted where a moderator did so, and the answers to the service's questions.
        Words = "words",
        Photos = "photos",
        /// Who has it and by when.
        Agency = "agency",
        /// The steps of its history, without their texts.
        Steps = "steps",
        /// Questions, reasons and answers of the history.
        Texts = "texts",
        /// Rating, supporters, discussion.
        Echo = "echo",
        /// Why it was hidden.
        HiddenReason = "hidden_reason",
        /// The exact place, the original words, hidden photos.
        Original = "original",
        /// Which officer, by name; notes among staff; flags for the reviewer.
        Internal = "internal",
    }
}

/// A row of the table.
#[derive(Debug)]
pub struct Disclosure {
    pub part: Part,
    /// How open a report must be for everybody to see this part.
    pub public: &'static [Openness],
    /// Who else sees it, of whatever openness the report is.
    pub others: &'static [Audience],
    pub why: &'static str,
}

use Audience::{Agency, Centre, Reporter};
use Openness::{Confidential, Hidden, Open, Private};

const fn row(
    part: Part,
    public: &'static [Openness],
    others: &'static [Audience],
    why: &'static str,
) -> Disclosure {
    Disclosure { part, public, others, why }
}

const ALL: &[Audience] = &[Reporter, Agency, Centre];

/// The table; whatever is not here is shown to nobody.
pub const DISCLOSURES: &[Disclosure] = &[
    row(
        Part::State,
        &[Open, Private, Confidential, Hidden],
        ALL,
        "that there is a report and how it stands is never a secret",
    ),
    row(Part::Field, &[Open, Private, Confidential], ALL, "the numbers of a field must add up"),
    row(Part::Service, &[Open], ALL, "a narrow service can point at a person"),
    row(
        Part::Area,
        &[Open, Private],
        ALL,
        "an area is wide enough for a private report, not for a complaint about an official",
    ),
    row(Part::Place, &[Open], ALL, "what is open can be visited"),
    row(Part::Words, &[Open], ALL, "the city acts in full view"),
    row(Part::Photos, &[Open], ALL, "the city acts in full view"),
    row(Part::Agency, &[Open, Private], ALL, "who has it and by when is owed to everybody"),
    row(
        Part::Steps,
        &[Open, Private, Confidential],
        ALL,
        "that the city acted is public, whatever it was about",
    ),
    row(Part::Texts, &[Open], ALL, "reasons and answers quote the report"),
    row(Part::Echo, &[Open], ALL, "what people say of it tells what it is about"),
    row(Part::HiddenReason, &[Hidden], ALL, "nothing disappears without a word"),
    row(
        Part::Original,
        &[],
        ALL,
        "the agency must find the place; redaction and coarse places are for the public",
    ),
    row(
        Part::Internal,
        &[],
        &[Agency, Centre],
        "people inside work by name, people outside deal with the office",
    ),
];

impl Openness {
    /// The strictest of what holds.
    pub fn of(public: bool, confidential: bool, hidden: bool) -> Self {
        match (hidden, confidential, public) {
            (true, _, _) => Hidden,
            (false, true, _) => Confidential,
            (false, false, true) => Open,
            (false, false, false) => Private,
        }
    }
}

/// How open the report is.
pub fn openness(report: &ServiceRequest) -> Openness {
    Openness::of(report.public, report.confidential, report.hidden.is_some())
}

/// May this reader see this part of such a report?
pub fn may_see(part: Part, openness: Openness, audience: Audience) -> bool {
    // Also a report that is both hidden and confidential is hidden: the stricter row decides.
    DISCLOSURES.iter().find(|row| row.part == part).is_some_and(|row| match audience {
        Audience::Public => row.public.contains(&openness),
        Reporter | Agency | Centre => row.others.contains(&audience),
    })
}

/// Metres within which the public may know a place of [`Precision::Street`].
pub const STREET_METRES: f64 = 100.0;

/// The place as everybody may see it.
pub fn public_point(point: Point, precision: Precision) -> Option<Point> {
    match precision {
        Precision::Exact => Some(point),
        Precision::Street => Some(point.coarsen(STREET_METRES)),
        Precision::Area | Precision::Hidden => None,
    }
}

/// May this reader see this step of the history at all?
pub fn may_see_event(
    event: &Event<ServiceRequest>,
    openness: Openness,
    audience: Audience,
) -> bool {
    let allowed = match event.visibility {
        Visibility::Public => true,
        Visibility::Reporter => audience != Audience::Public,
        Visibility::Staff => may_see(Part::Internal, openness, audience),
    };
    let part = if event.verb == Verb::Hide { Part::HiddenReason } else { Part::Steps };
    allowed && (may_see(part, openness, audience) || may_see(Part::Steps, openness, audience))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(openness: Openness, audience: Audience) -> Vec<&'static str> {
        Part::ALL
            .iter()
            .filter(|part| may_see(**part, openness, audience))
            .map(|part| part.as_str())
            .collect()
    }

    #[test]
    fn the_public_sees_of_each_kind_of_report_exactly_this() {
        let open = [
            "state", "field", "service", "area", "place", "words", "photos", "agency", "steps",
            "texts", "echo",
        ];
        assert_eq!(seen(Open, Audience::Public), open);
        assert_eq!(seen(Private, Audience::Public), ["state", "field", "area", "agency", "steps"]);
        assert_eq!(seen(Confidential, Audience::Public), ["state", "field", "steps"]);
        assert_eq!(seen(Hidden, Audience::Public), ["state", "hidden_reason"]);
    }

    #[test]
    fn reporters_see_all_but_the_internal_and_staff_see_that_too() {
        for openness in Openness::ALL {
            assert!(!may_see(Part::Internal, *openness, Reporter));
            assert_eq!(seen(*openness, Reporter).len(), Part::ALL.len() - 1);
            assert_eq!(seen(*openness, Agency).len(), Part::ALL.len());
            assert_eq!(seen(*openness, Centre).len(), Part::ALL.len());
        }
    }

    #[test]
    fn every_part_has_one_row() {
        for part in Part::ALL {
            assert_eq!(DISCLOSURES.iter().filter(|row| row.part == *part).count(), 1, "{part}");
        }
    }

    #[test]
    fn a_place_is_shown_as_precisely_as_its_service_allows() {
        let point = Point::new(16.463_712, 107.590_866).unwrap();
        assert_eq!(public_point(point, Precision::Exact), Some(point));
        let street = public_point(point, Precision::Street).unwrap();
        assert!(street != point && street.distance_m(point) <= STREET_METRES);
        assert_eq!(public_point(point, Precision::Area), None);
        assert_eq!(public_point(point, Precision::Hidden), None);
    }
}
