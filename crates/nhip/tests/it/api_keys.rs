//! Keys of programs, devices and feeds, on both databases.

use crate::support::ctx::ctx;
use crate::support::db::for_each_engine;
use jiff::SignedDuration;
use nhip::account::api_key::{self, KeyKind, NewKey, Scope};
use nhip::platform::error::Error;
use nhip::platform::sealing::Vault;

fn a_vault() -> Vault {
    Vault::from_key(&[1; 32])
}

#[tokio::test]
async fn a_key_is_known_until_it_is_revoked() {
    for_each_engine(async |db| {
        let (ctx, vault) = (ctx(), a_vault());
        let done = db.write(move |conn| {
            let (id, key) = api_key::add(conn, &ctx, &vault, "FixMyStreet")?;
            let wanted = (KeyKind::Program, ctx.now);
            let known = api_key::key_of(conn, &vault, &key, wanted)?;
            assert_eq!(known.map(|key| key.id), Some(id.clone()));
            assert_eq!(api_key::key_of(conn, &vault, "nhip_guess", wanted)?, None);
            api_key::revoke(conn, &ctx, &id)?;
            assert_eq!(api_key::key_of(conn, &vault, &key, wanted)?, None);
            assert!(api_key::revoke(conn, &ctx, &id).is_err());
            assert_eq!(api_key::list(conn)?.len(), 1);
            Ok::<_, Error>(())
        });
        done.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_key_of_a_device_opens_no_other_door_and_ends_when_it_was_said_to() {
    for_each_engine(async |db| {
        let (ctx, vault) = (ctx(), a_vault());
        let done = db.write(move |conn| {
            let later = ctx.now + SignedDuration::from_hours(24);
            let gauge = |until| NewKey { name: "Gauge 7".into(), kind: KeyKind::Device, until };
            let (id, key) = api_key::add(conn, &ctx, &vault, gauge(Some(later)))?;
            let of_device =
                api_key::key_of(conn, &vault, &key, (KeyKind::Device, ctx.now))?.unwrap();
            assert_eq!(of_device.may, [Scope::Observe]);
            for kind in [KeyKind::Program, KeyKind::Feed] {
                assert_eq!(api_key::key_of(conn, &vault, &key, (kind, ctx.now))?, None, "{kind}");
            }
            assert_eq!(api_key::key_of(conn, &vault, &key, (KeyKind::Device, later))?, None);
            assert!(api_key::allow(conn, &ctx, &id, &[Scope::Update], &[]).is_err());
            let (program, _) = api_key::add(conn, &ctx, &vault, "FixMyStreet")?;
            assert!(api_key::allow(conn, &ctx, &program, &[Scope::Observe], &[]).is_err());
            assert!(
                api_key::add(conn, &ctx, &vault, gauge(Some(ctx.now))).is_err(),
                "over already"
            );
            Ok::<_, Error>(())
        });
        done.await.unwrap();
    })
    .await;
}
