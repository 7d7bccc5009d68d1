using Gamification.Live;

namespace Gamification.Tests.Live;

public sealed class BoardEditionTests
{
    [Fact]
    public void Who_has_nothing_gets_the_snapshot_and_who_has_it_all_gets_nothing()
    {
        var edition = Edition(1);

        var push = edition.Next(null)!.Value;

        Assert.Equal((PushKind.Snapshot, new Cursor("s", 1)), (push.Kind, push.Cursor));
        Assert.Null(edition.Next(push.Cursor));
    }

    [Fact]
    public void A_delta_leads_from_any_kept_view_and_from_no_other()
    {
        var edition = Edition(1);
        for (var version = 2; version <= 5; version++) edition = edition.Then(View("s", version), 0, pastMax: 3);

        Assert.Equal(PushKind.CatchUp, edition.Next(new("s", 1))!.Value.Kind);
        Assert.All([2, 3, 4], version => Assert.Equal(PushKind.Delta, edition.Next(new("s", version))!.Value.Kind));
        Assert.Equal(PushKind.Snapshot, edition.Next(new("another", 4))!.Value.Kind);
    }

    [Fact]
    public void No_delta_leads_from_one_stream_to_another()
    {
        var edition = Edition(1).Then(View("t", 2), 0, pastMax: 3);

        Assert.Equal(PushKind.Snapshot, edition.Next(new("s", 1))!.Value.Kind);
        Assert.Equal(PushKind.CatchUp, edition.Next(new("t", 1))!.Value.Kind);
    }

    [Fact]
    public void All_who_stand_at_the_same_version_get_the_same_message()
    {
        var edition = Edition(1).Then(View("s", 2), 0, pastMax: 3);

        Assert.Same(edition.Next(null)!.Value.Message, edition.Next(null)!.Value.Message);
        Assert.Same(edition.Next(new("s", 1))!.Value.Message, edition.Next(new("s", 1))!.Value.Message);
    }

    private static BoardEdition Edition(long version) => new(View("s", version), 0);

    private static BoardSnapshot View(string stream, long version) => new("t", stream, version, default, new("all", "all", null, null), "standard", 0, []);
}
