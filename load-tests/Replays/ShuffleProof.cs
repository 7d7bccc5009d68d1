using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Silo.Engine;

namespace Gamification.LoadTests.Replays;

/// <summary>How two replays of the same receipts differ in one aspect of a member.</summary>
internal sealed record Difference(ActorId Member, string Aspect, bool HasMatchedReturns, string InOrder, string Shuffled)
{
    /// <summary>The lines that only one of the two has.</summary>
    public override string ToString()
    {
        var (left, right) = (InOrder.Split('\n'), Shuffled.Split('\n'));
        return $"{Member}, {Aspect}\n    in order: {string.Join("; ", left.Except(right).Take(5))}\n    shuffled: {string.Join("; ", right.Except(left).Take(5))}";
    }
}

/// <summary>
/// The same receipts in order and shuffled within the grace, each through an engine of its own, and what differs between the members that come of it.
/// </summary>
internal sealed class ShuffleProof(ProgrammeSettings programme, Catalogue goods, ImmutableArray<RealReceipt> receipts)
{
    /// <summary>Spec §4: how long after its end a window takes events.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(72);

    private readonly MemberPicture _picture = new(programme, new Scheme(programme, goods), receipts.Max(real => real.Receipt.OccurredAt) + Grace);
    private Dictionary<ActorId, Member>? _inOrder;

    /// <summary>A difference for each aspect of each member that came out otherwise; none when the order made no difference.</summary>
    public async Task<ImmutableArray<Difference>> Compare(int seed)
    {
        _inOrder ??= await Replay(RealReplay.InOrder(receipts));
        var shuffled = await Replay(RealReplay.Shuffled(receipts, Grace, seed));
        if (!_inOrder.Keys.ToHashSet().SetEquals(shuffled.Keys)) throw new InvalidOperationException($"Other members came of seed {seed}.");
        return
        [
            .. from member in _inOrder
               let other = shuffled[member.Key]
               from aspect in member.Value.Aspects
               where other.Aspects[aspect.Key] != aspect.Value
               select new Difference(member.Key, aspect.Key, member.Value.HasMatchedReturns || other.HasMatchedReturns, aspect.Value, other.Aspects[aspect.Key]),
        ];
    }

    /// <summary>How many members there are, and how many of them have goods back by matching.</summary>
    public (int All, int WithMatchedReturns) Members => (_inOrder!.Count, _inOrder.Values.Count(member => member.HasMatchedReturns));

    private async Task<Dictionary<ActorId, Member>> Replay(IEnumerable<Delivery> deliveries)
    {
        await using var place = await ReplayPlace.Create(server: null);
        var options = place.In(new() { DataFolder = place.Folder, Programmes = [programme], Catalogues = ImmutableDictionary<string, Catalogue>.Empty.Add(programme.Id, goods) });
        await using var storage = await EngineStorage.Open(options);
        await RealReplay.InEngine(options, storage, async grains =>
        {
            await RealReplay.Feed(grains, deliveries);
            return true;
        });
        return await Pictures(storage.Journal);
    }

    private async Task<Dictionary<ActorId, Member>> Pictures(IJournalStorage journal)
    {
        var members = new Dictionary<ActorId, Member>();
        await foreach (var member in LedgerCheck.EachMember(journal, CancellationToken.None))
        {
            var entries = (await journal.ReadForward(member, 0, int.MaxValue, CancellationToken.None)).Select(AccountEntryJson.Read).OfType<AccountEntry>().ToList();
            members.Add(member, new(_picture.Of(entries), MemberPicture.HasMatchedReturns(entries)));
        }

        return members;
    }

    private sealed record Member(IReadOnlyDictionary<string, string> Aspects, bool HasMatchedReturns);
}
