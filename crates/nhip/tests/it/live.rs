//! Live pages hear of everything once: what a handler did, what a job did, and what another node did. On both databases.

use crate::support::city::City;
use crate::support::town::{Town, in_hue};
use domain::actor::Role;
use nhip::jobs;
use nhip::platform::live::Changed;
use tokio::sync::broadcast::Receiver;

const SERVICE: &str = "unpermitted-building";

async fn read(city: &City) {
    jobs::refresh_facts(city.node.clone()).await.unwrap();
}

fn heard(listener: &mut Receiver<Changed>) -> Vec<String> {
    std::iter::from_fn(|| listener.try_recv().ok()).map(|c| c.request.to_string()).collect()
}

#[tokio::test]
async fn a_desk_hears_of_other_nodes_and_of_jobs_and_of_nothing_twice() {
    in_hue(async |town| {
        let other = Town::of(town.city.another_node("cities/hue"));
        let code = town.sent(SERVICE, "hoa@example.org").await;
        let mut listener = town.city.app.live.listen();
        read(&town.city).await;
        assert!(heard(&mut listener).is_empty(), "what was there at the start is no news");
        other.does(Role::Operator, &code, "accept", &[]).await;
        assert!(heard(&mut listener).is_empty());
        read(&town.city).await;
        read(&town.city).await;
        assert_eq!(heard(&mut listener), std::slice::from_ref(&code));
        town.does(Role::Officer, &code, "start", &[]).await;
        assert_eq!(heard(&mut listener), std::slice::from_ref(&code), "at once");
        read(&town.city).await;
        assert!(heard(&mut listener).is_empty(), "and not again");
        town.at("2026-12-20T09:00").job("tell who runs out of time").await;
        read(&town.city).await;
        assert_eq!(heard(&mut listener), [code]);
    })
    .await;
}
