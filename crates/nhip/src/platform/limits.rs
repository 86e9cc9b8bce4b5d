//! Every limit has a name, a unit and a reason.

use jiff::SignedDuration;
use std::time::Duration;

/// Characters of a report's description (Open311 `GeoReport` v2, POST requests, `description`: 4,000).
pub const DESCRIPTION_CHARS: usize = 4_000;
/// Characters of a typed address.
pub const ADDRESS_CHARS: usize = 300;
/// Characters of a name of a person.
pub const NAME_CHARS: usize = 120;
/// Characters of the name somebody shows beside a comment: longer ones are sentences.
pub const PSEUDONYM_CHARS: usize = 40;
/// Characters of what somebody finds wrong with a comment.
pub const FLAG_CHARS: usize = 500;
/// Comments from one address in the time in which one person writes one: many phones of a network have the same.
pub const COMMENTS_OF_ONE_PLACE: usize = 10;
/// People without an account who are counted from one address for one thing (a "me too", a complaint about a comment), in
/// the time below: else one person would be as many as they have cookies.
pub const COUNTED_OF_ONE_PLACE: usize = 10;
/// See above; so long is it known, as a hash, who was counted from where.
pub const PLACE_COUNTED: SignedDuration = SignedDuration::from_hours(24);
/// Comments on a page of a discussion, not counting the answers under them: more is a scroll without an end.
pub const THREADS: usize = 50;
/// Answers shown under the comments of a page, altogether.
pub const REPLIES: usize = 500;
/// Characters of a reason, question, note, answer or comment.
pub const REASON_CHARS: usize = 2_000;
/// Characters of one answer to a service's question.
pub const ATTRIBUTE_CHARS: usize = 500;
/// Photos sent at once; more only make loading slow.
pub const PHOTOS: usize = 5;
/// Black boxes on one photo: a crowd is better taken out as a whole.
pub const COVERS: usize = 40;
/// Bytes of one photo: a 12-megapixel JPEG has 3 to 8 MB.
pub const PHOTO_BYTES: usize = 15 * 1024 * 1024;
/// How long a photo that came ahead of its form waits for it: as long as a report that waits on a phone is remembered
/// there (`web/js/worker/reports.js`).
pub const HELD_PHOTO: Duration = Duration::from_hours(7 * 24);
/// Bytes of photos that one address may bring ahead of their forms in a day; more come with their form, as they would
/// without scripts. Photos of some hundred reports.
pub const HELD_OF_ONE: u64 = 1024 * 1024 * 1024;
/// The same of all addresses together, as long as nobody claimed them.
pub const HELD_OF_ALL: u64 = 10 * 1024 * 1024 * 1024;
/// Bytes of the disk that no photo takes (one that comes ahead leaves twice as many), so that reports can still be
/// written for days.
pub const DISK_FOR_REPORTS: u64 = 1024 * 1024 * 1024;
/// Bytes of a form without photos.
pub const FORM_BYTES: usize = 256 * 1024;
/// Bytes of a form with photos.
pub const UPLOAD_BYTES: usize = PHOTOS * PHOTO_BYTES + FORM_BYTES;
/// A list says how many it found up to so many; beyond, counting costs more than the number tells.
pub const COUNTED: i64 = 1_000;
/// How long the desk sees what was sent to whom and what came of it: until a reporter's complaint about a letter is
/// settled.
pub const LETTERS_KEPT: Duration = Duration::from_hours(180 * 24);
/// How long a link of a letter opens its report after that was closed; nobody can act on it by then.
pub const RECEIPTS_KEPT: Duration = Duration::from_hours(2 * 365 * 24);
/// How long it is kept who did something sensitive: as long as an inspection may look back.
pub const AUDIT_KEPT: Duration = Duration::from_hours(5 * 365 * 24);
/// Rows of a table that are forgotten at once; what is left waits for the next hour.
pub const FORGOTTEN: usize = 5_000;
/// How far behind the newest change the copies in memory read again: writers that began before and committed after, and
/// clocks of nodes that are apart, are within it. It is a range of an index.
pub const READ_AGAIN: Duration = Duration::from_mins(2);
/// Reports on a page of a list.
pub const PAGE: usize = 20;
/// Days a session lives without use (staff: 12 hours, see `account`).
pub const CITIZEN_SESSION_DAYS: i64 = 90;
pub const STAFF_SESSION_HOURS: i64 = 12;
/// Pixels of a picture that is held whole in memory, and more than any poster needs.
pub const PHOTO_PIXELS: u64 = 50_000_000;
/// Pixels of a JPEG that is read at a half, a quarter or an eighth of its size: phones take 50 to 200 megapixels.
pub const JPEG_PIXELS: u64 = 220_000_000;
/// Pixels on one side; beyond it lie panoramas and bombs.
pub const PHOTO_SIDE_PIXELS: u32 = 12_000;
/// Bytes one decoded picture may take: 50 megapixels of four 8-bit channels and some room to work.
pub const PHOTO_DECODED_BYTES: u64 = 256 * 1024 * 1024;
/// Letters a day to one address that anybody can cause who types it: a neighbour's joke must not fill a mailbox.
pub const UNASKED_TO_ONE_ADDRESS: i64 = 5;
/// Links to sign in beyond them: their owner waits for one.
pub const UNASKED_SIGN_INS: i64 = 5;
/// Such letters a day from one network: thousands of phones may share it, a flood is more.
pub const UNASKED_FROM_ONE_ORIGIN: i64 = 200;
/// How long a client may send nothing in the middle of a form: a phone in a tunnel comes back, or does not.
pub const BODY_SILENCE: Duration = Duration::from_mins(1);
/// How long we read a form that is refused, so that its words go back to whoever wrote them: somebody waits for it.
pub const UNREAD_FORM: Duration = Duration::from_secs(10);
/// Bytes a second that a form must come with in the long run: the worst of mobile lines still does.
pub const BODY_RATE: u64 = 2 * 1024;
/// How long a form may take, however it comes: five large photos over a bad line.
pub const BODY_TIME: Duration = Duration::from_mins(20);
/// Bytes of all forms that lie in memory at once: nobody's may hold more of it than is left for all others.
pub const BODY_BYTES: usize = 512 * 1024 * 1024;
/// Bytes of a form that are read and thrown away, rather than lose its connection: any form without photos.
pub const REST_BYTES: usize = FORM_BYTES;
/// How long we wait for them.
pub const REST_TIME: Duration = Duration::from_secs(1);
/// How long we go on reading what nobody wants, so that whoever sends it gets the answer.
pub const LINGER: Duration = Duration::from_secs(15);
/// Bytes that one connection may have sent before anybody reads them: the longest head of a request, with room.
pub const CONNECTION_BYTES: usize = 128 * 1024;
/// Requests at once on one connection (HTTP/2): a page with all it is made of.
pub const STREAMS: u32 = 100;
/// Connections at once, of everybody: each costs some ten kilobytes and a file of the process.
pub const CONNECTIONS: usize = 8_192;
/// Connections at once of one address that is no proxy of ours: a village behind one address has hundreds.
pub const CONNECTIONS_OF_ONE: usize = 1_024;
/// Metres outside every boundary that are still laid to the nearest area: river banks, piers, simplified borders.
pub const BESIDE_BOUNDARY_METRES: f64 = 150.0;
/// Metres two boundaries may overlap in silence: neighbours that were drawn apart.
pub const BOUNDARY_OVERLAP_METRES: f64 = 10.0;
/// Metres a border may be off where a map draws it: two pixels when a street fills the window.
pub const DRAWN_BORDER_METRES: f64 = 10.0;
/// Bytes of the ground of a pack on the wire: a map is opened on a telephone too.
pub const GROUND_BYTES: usize = 40_000;
/// Metres from the city beyond which a boundary must be a mistake; the largest provinces are smaller.
pub const FAR_BOUNDARY_METRES: f64 = 300_000.0;
/// Bytes of a file of boundaries, unpacked: forty communes in full detail have 3 MB.
pub const BOUNDARY_FILE_BYTES: u64 = 256 * 1024 * 1024;
/// Rows that are sealed anew in one transaction: others must get to write in between.
pub const SEALED_ANEW: usize = 500;
/// How long after a key began to seal the one before may be forgotten: by then every node has taken it up (a job asks every
/// five seconds), and what a node was just writing is written.
pub const KEY_TAKEN_UP: SignedDuration = SignedDuration::from_mins(2);
