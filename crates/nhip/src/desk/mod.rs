//! The staff frame of the whole service: sections with what waits in each, live news, the calendar.

pub mod calendar_pages;
pub mod live;
pub mod staff_pages;
pub mod tabs;
