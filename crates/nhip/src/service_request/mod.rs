//! A report from the field: the heart of the service.
//!
//! **Cast.** A *reporter* sends it; an *operator* takes it in; an *agency* works on it; a *reviewer* publishes what came
//! of it; the reporter judges.
//!
//! **Flow.** A page or the API reads a form → one verb's file (`submit`, `accept`, `answer` …) → `act` asks the workflow
//! table in `domain` → `store` writes report, event and outbox row in one transaction → letters and live pages follow.
//! One verb, one file; all SQL in files that end so.

pub mod accept;
pub mod act;
pub mod add_media;
pub mod answer;
pub mod answers;
pub mod ask;
pub mod assign;
pub mod confirm;
pub mod correct;
pub mod deliver;
pub mod desk_act_http;
pub mod desk_calendar_pages;
pub mod desk_case_pages;
pub mod desk_cover_pages;
pub mod desk_hand_pages;
pub mod desk_list_pages;
pub mod desk_live;
pub mod desk_many_http;
pub mod desk_new_pages;
pub mod desk_offers;
pub mod desk_pages;
pub mod desk_queue;
pub mod desk_rows;
pub mod desk_store;
mod desk_tabs;
pub mod duty;
pub mod escalate;
pub mod exactness_store;
pub mod extend;
pub mod filter;
pub mod form_http;
pub mod form_key_http;
pub mod former;
mod former_store;
pub mod integrity_pages;
pub mod integrity_store;
pub mod learn;
pub mod learn_store;
pub mod list_store;
pub mod map;
pub mod media_http;
pub mod merge;
pub mod moderate;
mod moderate_store;
pub mod my_acts_pages;
pub mod my_list_pages;
pub mod my_pages;
pub mod new_form;
pub mod new_pages;
pub mod new_photos_http;
pub mod new_similar_pages;
pub mod on_site_http;
pub mod on_site_pages;
pub mod placed_store;
pub mod promise;
pub mod promise_store;
pub mod public_pages;
pub mod rate;
pub mod receipt;
pub mod reckon;
pub mod refuse;
pub mod remind;
pub mod reopen;
pub mod review;
mod round_store;
pub mod search_store;
pub mod signature;
pub mod similar;
mod step_store;
pub mod store;
pub mod story;
pub mod submit;
pub mod sweep;
pub mod sweep_store;
pub mod telling;
pub mod text;
pub mod undo;
mod undo_store;
pub mod urgent;
pub mod view;
pub mod withdraw;
pub mod work;
