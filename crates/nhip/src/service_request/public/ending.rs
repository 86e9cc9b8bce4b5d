//! What came of a report, to stand before its story: who answered what, when, with which photos.

use crate::media::attachment_store::Attachment;
use crate::platform::http::view::Entry;
use crate::service_request::presenter::Telling;
use crate::service_request::view::ReportView;
use domain::case::Event;
use domain::service_request::ServiceRequest;
use domain::service_request::State;
use domain::service_request::workflow::Verb;

/// The step that closed the report; for a published result what the agency answered, when it was published. `None` while
/// it is open, and where the end says nothing of its own. `events` and `media` as the view shows them to its reader.
pub fn ending(
    tells: &Telling<'_>,
    view: &ReportView,
    events: &[Event<ServiceRequest>],
    media: &[Attachment],
) -> Option<Entry> {
    if view.state != State::Closed {
        return None;
    }
    let last = events.iter().rposition(Event::closes)?;
    let end = events.get(last)?;
    let told = if end.verb == Verb::Publish {
        events.get(..last)?.iter().rfind(|event| event.verb == Verb::Answer)?
    } else {
        end
    };
    let entry = tells.entry(view, told, media);
    let says = !entry.text.is_empty() || !entry.photos.is_empty();
    says.then(|| Entry { when: tells.moment(end.at), ..entry })
}
