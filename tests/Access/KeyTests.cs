using System.Net;
using System.Text;
using Gamification.Access;
using Gamification.Journal;
using Gamification.Tests.Api;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Access;

public sealed class KeyTests(EdgeUnderTest edge) : IClassFixture<EdgeUnderTest>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_revoked_key_opens_nothing_after_a_second()
    {
        var made = await Read(await edge.Admin.PostAsync("/v1/keys", Json("""{ "store": "BRU", "name": "Short-lived" }""")), HttpStatusCode.Created);
        var client = edge.With((string)made["key"]!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/stores")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await edge.Admin.DeleteAsync($"/v1/keys/{made["id"]}")).StatusCode);
        edge.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/v1/stores")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await edge.Admin.DeleteAsync($"/v1/keys/{made["id"]}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await edge.Admin.DeleteAsync("/v1/keys/NONE")).StatusCode);

        var listed = (await Read(await edge.Admin.GetAsync("/v1/keys"), HttpStatusCode.OK))["keys"]!.AsArray().Single(key => (string)key!["id"]! == (string)made["id"]!)!;
        Assert.NotNull((string?)listed["revokedAt"]);
        Assert.Null(listed["key"]);
    }

    [Fact]
    public async Task A_secret_is_never_stored_or_listed()
    {
        var secret = edge.TillKey.Split('_')[2];
        Assert.Equal(52, secret.Length);
        foreach (var entry in edge.Journal.Stored) Assert.DoesNotContain(secret, Encoding.UTF8.GetString(entry.Payload.Span), StringComparison.Ordinal);
        Assert.Contains(edge.Journal.Stored, entry => entry.Type == "key.added" && entry.Actor.Path == "keys/all");
        Assert.DoesNotContain(secret, await edge.Admin.GetStringAsync("/v1/keys"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_folded_from_its_entries_or_read_from_its_snapshot_is_the_same()
    {
        var ring = KeyRing.Empty;
        var replayed = KeyRing.Empty;
        for (var i = 0; i < 40; i++)
        {
            var entry = i % 3 == 2 ? ring.Revoke($"k{i - 1}", Noon).Entry! : ring.Add(Grant(i)).Entry!;
            ring = ring.Apply(entry);
            var written = KeyForm.Json.Write(entry);
            replayed = replayed.Apply(KeyForm.Json.Read(new() { Actor = default, Version = i, Partition = 0, Seq = i, Type = written.Type, Payload = written.Payload, RecordedAt = Noon })!);
        }

        Assert.Equal(ring.Grants, replayed.Grants);
        Assert.Equal(ring.Grants, KeyForm.Json.ReadState(KeyForm.Json.WriteState(ring)).Grants);
    }

    [Fact]
    public void The_same_hash_is_one_key_and_there_is_a_last_one()
    {
        var ring = KeyRing.Empty.Apply(KeyRing.Empty.Add(Grant(1)).Entry!);
        Assert.Equal(Grant(1), ring.Add(Grant(1) with { Id = "other" }).Existing);
        Assert.Equal((null, false), ring.Revoke("none", Noon));
        ring = KeyRing.Empty with { Grants = [.. Enumerable.Range(0, KeyRing.LiveMax).Select(Grant)] };
        Assert.Equal((null, null), ring.Add(Grant(KeyRing.LiveMax)));
        ring = ring.Apply(ring.Revoke("k7", Noon).Entry!);
        Assert.NotNull(ring.Add(Grant(KeyRing.LiveMax)).Entry);
    }

    [Fact]
    public async Task Keys_survive_their_actor_and_its_snapshots()
    {
        var keys = edge.Service<IGrainFactory>().GetGrain<IKeysGrain>("test");
        for (var i = 100; i < 170; i++) await keys.Add(Grant(i));
        var history = await edge.Journal.Load(new("test", "keys", "all"), default);
        Assert.True(history.SnapshotVersion >= 64);
        var ring = KeyForm.Json.StateOf(history);
        Assert.Equal(await keys.List(), ring.Grants);
    }

    private static KeyGrant Grant(int number) => new()
    {
        Id = $"k{number}",
        Kind = KeyKind.Till,
        Store = "BRU",
        Name = "n",
        Hash = $"{number:x64}",
        CreatedAt = Noon,
    };
}
