using Gamification.Rules.Recognition;
using Gamification.Storage;
using Gamification.Vault;

namespace Gamification.Tests.Storage;

/// <summary>What the vault promises, on each database.</summary>
public abstract class VaultContract : IAsyncLifetime
{
    private const string Card = "6320001234567890";

    protected static CardHash Cards { get; } = new("a secret of thirty-two bytes, yes"u8);

    private IVault Vault { get; set; } = null!;

    public async ValueTask InitializeAsync() => Vault = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_unknown_card_is_admitted_once()
    {
        Assert.Null(await Vault.FindCard("demo", Card, default));

        var first = await Vault.Admit("demo", [Proposal(Card, 1, "p1")]);
        var second = await Vault.Admit("demo", [Proposal(Card, 2, "p2"), Proposal("other", 3, "p3")]);

        Assert.Equal([new Membership(Member(1), "p1", false)], first);
        Assert.Equal([new Membership(Member(1), "p1", false), new Membership(Member(3), "p3", false)], second);
        Assert.Equal(first[0], await Vault.FindCard("demo", Card, default));
        Assert.Equal(first[0], await Vault.FindPublicId("demo", "p1", default));
        Assert.Null(await Vault.FindPublicId("demo", "p2", default));
        Assert.Null(await Vault.FindCard("other", Card, default));
        Assert.Empty(await Vault.Admit("demo", []));
    }

    [Fact]
    public async Task A_card_twice_in_one_call_is_one_member()
    {
        var admitted = await Vault.Admit("demo", [Proposal(Card, 1, "p1"), Proposal(Card, 2, "p2")]);

        Assert.Equal(admitted[0], admitted[1]);
    }

    [Fact]
    public async Task A_taken_public_id_gives_way_to_the_next()
    {
        await Vault.Admit("demo", [Proposal("c1", 1, "p1")]);

        var admitted = await Vault.Admit("demo", [Proposal("c2", 2, "p1", "p2"), Proposal("c3", 3, "p1", "p3"), Proposal("c4", 4, "p4")]);

        Assert.Equal(["p2", "p3", "p4"], admitted.Select(membership => membership.PublicId));
        Assert.Equal("p1", (await Vault.Admit("other", [Proposal("c1", 1, "p1")]))[0].PublicId);
    }

    [Fact]
    public async Task When_no_public_id_is_left_nothing_is_kept_and_the_others_are_admitted()
    {
        await Vault.Admit("demo", [Proposal("c1", 1, "p1")]);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Vault.Admit("demo", [Proposal("c2", 2, "p1"), Proposal("c3", 3, "p3")]));

        Assert.Null(await Vault.FindCard("demo", "c2", default));
        Assert.Equal("p3", (await Vault.FindCard("demo", "c3", default))!.PublicId);
        Assert.Equal(Member(5), (await Vault.Admit("demo", [Proposal("c2", 5, "p5")]))[0].Member);
    }

    [Fact]
    public async Task Tills_that_race_for_a_card_get_the_same_member()
    {
        var second = await OpenAnother();

        var admitted = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
            (Card: i % 50, Membership: (await (i % 2 == 0 ? Vault : second).Admit("demo", [Proposal($"c{i % 50}", 1_000 + i, $"p{i}")]))[0]))));

        foreach (var card in admitted.GroupBy(each => each.Card, each => each.Membership))
            Assert.Equal(await Vault.FindCard("demo", $"c{card.Key}", default), card.Distinct().Single());
        Assert.Equal(50, admitted.Select(each => each.Membership.Member).Distinct().Count());
    }

    [Fact]
    public async Task A_member_enrols_once()
    {
        await Vault.Admit("demo", [Proposal(Card, 1, "p1")]);

        Assert.True(await Vault.Enrol("demo", Member(1)));
        Assert.False(await Vault.Enrol("demo", Member(1)));
        Assert.False(await Vault.Enrol("demo", Member(2)));
        Assert.True((await Vault.FindCard("demo", Card, default))!.Enrolled);
    }

    [Fact]
    public async Task Members_are_found_by_their_surrogates()
    {
        await Vault.Admit("demo", [Proposal("c1", 1, "p1"), Proposal("c2", 2, "p2"), Proposal("c3", 3, "p3")]);

        var found = await Vault.FindMembers("demo", [Member(1), Member(3), Member(9)], default);

        Assert.Equal([(Member(1), "p1"), (Member(3), "p3")], found.Select(pair => (pair.Key, pair.Value.PublicId)).OrderBy(pair => pair.PublicId));
    }

    [Fact]
    public async Task Many_cards_and_public_ids_are_found_at_once()
    {
        await Vault.Admit("demo", [Proposal("c1", 1, "p1"), Proposal("c2", 2, "p2"), Proposal("c3", 3, "p3")]);

        var cards = await Vault.FindCards("demo", ["c3", "nobody's", "c1", "c3"], default);
        var ids = await Vault.FindPublicIds("demo", ["p2", "p9", "p1", "p2"], default);

        Assert.Equal([("c1", Member(1)), ("c3", Member(3))], cards.Select(pair => (pair.Key, pair.Value.Member)).OrderBy(pair => pair.Key));
        Assert.Equal([("p1", Member(1)), ("p2", Member(2))], ids.Select(pair => (pair.Key, pair.Value.Member)).OrderBy(pair => pair.Key));
        Assert.Empty(await Vault.FindCards("other", ["c1"], default));
        Assert.Empty(await Vault.FindPublicIds("demo", [], default));
    }

    [Fact]
    public async Task A_birth_date_is_replaced_by_whoever_has_read_it_and_by_nobody_else()
    {
        BirthDate none = default, given = new(new(2000, 2, 29), 1), corrected = new(new(2000, 3, 1), 2);
        await Vault.Admit("demo", [Proposal("c1", 1, "p1"), Proposal("c2", 2, "p2")]);
        Assert.Equal(none, await Vault.FindBirthDate("demo", Member(1), default));
        Assert.True(await Vault.SetBirthDate("demo", Member(1), none, given));
        Assert.False(await Vault.SetBirthDate("demo", Member(1), none, corrected));
        Assert.Equal(given, await Vault.FindBirthDate("demo", Member(1), default));
        Assert.True(await Vault.SetBirthDate("demo", Member(1), given, corrected));
        Assert.True(await Vault.SetBirthDate("demo", Member(1), corrected, corrected.Forget()));
        Assert.Equal(new(null, 2), await Vault.FindBirthDate("demo", Member(1), default));
        Assert.Equal(none, await Vault.FindBirthDate("demo", Member(2), default));
        Assert.False(await Vault.SetBirthDate("demo", Member(9), none, given));
        Assert.Equal(none, await Vault.FindBirthDate("other", Member(1), default));
    }

    [Fact]
    public async Task Quarantine_keeps_a_body_once_and_is_read_newest_first()
    {
        foreach (var (store, digest) in new[] { ("s1", 1), ("s1", 1), ("s2", 1), ("s1", 2), ("s1", 3) })
            await Vault.Quarantine(Body(store, digest), new());
        await Vault.Quarantine(Body("s1", 4) with { Programme = "other" }, new());

        var page = await Vault.ReadQuarantine("demo", null, long.MaxValue, 3, default);
        var rest = await Vault.ReadQuarantine("demo", null, page[^1].Number, 3, default);

        Assert.Equal([("s1", 3), ("s1", 2), ("s2", 1), ("s1", 1)], page.Concat(rest).Select(body => (body.Store, body.Digest.ToByteArray()[0])));
        Assert.Equal(3, (await Vault.ReadQuarantine("demo", "s1", long.MaxValue, 10, default)).Length);
        var body = page[0];
        Assert.Equal(("demo", "duplicate-conflict", "détail", Appends.Now), (body.Programme, body.Reason, body.Detail, body.ReceivedAt));
        Assert.Equal([1, 2, 0], body.Body.ToArray());
    }

    [Fact]
    public async Task Quarantine_keeps_the_newest_of_a_store_within_its_bounds()
    {
        var three = new QuarantineBounds { BodiesPerStore = 3, BytesPerStore = 100 };
        await Vault.Quarantine(Body("s2", 1), three);
        for (var digest = 1; digest <= 5; digest++)
            Assert.Equal(digest > 3 ? 1 : 0, await Vault.Quarantine(Body("s1", digest), three));
        Assert.Equal(0, await Vault.Quarantine(Body("s1", 5), three));
        Assert.Equal([5, 4, 3], await Kept("s1"));

        var large = Body("s1", 6) with { Body = new byte[95] };
        Assert.Equal(2, await Vault.Quarantine(large, three));
        Assert.Equal([6, 5], await Kept("s1"));
        Assert.Equal(2, await Vault.Quarantine(large with { Digest = Body("s1", 7).Digest, Body = new byte[200] }, three));
        Assert.Equal([7], await Kept("s1"));
        Assert.Equal([1], await Kept("s2"));
    }

    [Fact]
    public async Task Quarantine_forgets_what_is_old()
    {
        await Vault.Quarantine(Body("s1", 1) with { ReceivedAt = Appends.Now.AddDays(-2) }, new());
        await Vault.Quarantine(Body("s1", 2) with { ReceivedAt = Appends.Now.AddDays(-1) }, new());
        await Vault.Quarantine(Body("s2", 3), new());

        Assert.Equal(1, await Vault.ForgetQuarantined(Appends.Now.AddDays(-1)));

        Assert.Equal([2], await Kept("s1"));
        Assert.Equal([3], await Kept("s2"));
    }

    private async Task<IEnumerable<byte>> Kept(string store) =>
        (await Vault.ReadQuarantine("demo", store, long.MaxValue, 10, default)).Select(body => body.Digest.ToByteArray()[0]);

    protected abstract Task<IVault> Open();

    /// <summary>A second program on the same vault.</summary>
    protected abstract Task<IVault> OpenAnother();

    protected abstract Task Close();

    private static MemberId Member(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static NewMembership Proposal(string card, int member, params string[] publicIds) => new(card, Member(member), [.. publicIds], false);

    private static QuarantinedBody Body(string store, int digest) => new()
    {
        Programme = "demo",
        Store = store,
        Digest = new Guid(digest, 0, 0, new byte[8]),
        Reason = "duplicate-conflict",
        Detail = "détail",
        Body = new byte[] { 1, 2, 0 },
        ReceivedAt = Appends.Now,
    };
}
