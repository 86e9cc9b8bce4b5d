//! The service as a whole, from outside.

// Marked as test code for clippy, which lets it unwrap.
#[cfg(test)]
mod account;
#[cfg(test)]
mod api_keys;
#[cfg(test)]
mod at_once;
#[cfg(test)]
mod base_map;
#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod clocks;
#[cfg(test)]
mod conduct;
#[cfg(test)]
mod conversation;
#[cfg(test)]
mod counted;
#[cfg(test)]
mod covers;
#[cfg(test)]
mod db;
#[cfg(test)]
mod db_engines;
#[cfg(test)]
mod db_silence;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod desk_people;
#[cfg(test)]
mod duties;
#[cfg(test)]
mod exactness;
#[cfg(test)]
mod feeds;
#[cfg(test)]
mod following;
#[cfg(test)]
mod former_services;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod ground;
#[cfg(test)]
mod hidden_words;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod i18n;
#[cfg(test)]
mod import;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod integrity;
#[cfg(test)]
mod journey_account;
#[cfg(test)]
mod journey_citizen;
#[cfg(test)]
mod journey_talk;
#[cfg(test)]
mod journey_talk_desk;
#[cfg(test)]
mod judging;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod lateness;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod letters_pages;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod live;
#[cfg(test)]
mod locks;
#[cfg(test)]
mod look;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod map;
#[cfg(test)]
mod merged_areas;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod numbers_boston;
#[cfg(test)]
mod on_site;
#[cfg(test)]
mod open311;
#[cfg(test)]
mod open_data;
#[cfg(test)]
mod open_data_nodes;
#[cfg(test)]
mod overview;
#[cfg(test)]
mod photos;
#[cfg(test)]
mod pressure;
#[cfg(test)]
mod procedures;
#[cfg(test)]
mod public_pages;
#[cfg(test)]
mod signature;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod strangers;
#[cfg(test)]
mod support;
#[cfg(test)]
mod sweeps;
#[cfg(test)]
mod task;
#[cfg(test)]
mod titles;
#[cfg(test)]
mod turns;
#[cfg(test)]
mod typed;
#[cfg(test)]
mod upgrade;
#[cfg(test)]
mod urgent;
#[cfg(test)]
mod watching;
#[cfg(test)]
mod ways;
#[cfg(test)]
mod words;
#[cfg(test)]
mod wrong_clocks;
#[cfg(test)]
mod year;
