using System.Globalization;
using System.Text;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Rules.Recognition;
using Gamification.Vault;

namespace Gamification.Challenges;

/// <summary>
/// Tells members who reached a milestone together of the highest one, for the badges on it; those below it come with it. As with prizes: many at a time, recorded in
/// windows, and told again after a crash, when their accounts know it. Where no badge waits for it nobody is told.
/// </summary>
internal sealed class MilestoneSharing(SettlementArchive archive, IGrainFactory grains, ChallengeRunId id, IVault? vault = null)
{
    private const string By = "challenge";

    /// <summary>Each window that is not recorded yet, in order, once all of it is durable. What they gave is their score.</summary>
    public async IAsyncEnumerable<RunEntry.Shared> Tell(ChallengeRun run, RecognitionBook? book, long now)
    {
        var certificate = run.Certificate!;
        if (certificate.Milestones.IsEmpty || run.Challenge!.By is not Together || book?.Rules.Badges.Any(badge => badge.For is Collective collective && collective.Challenge == id.Challenge) != true) yield break;
        var (through, milestone) = (run.SharedThrough, certificate.Milestones.Max() + 1);
        await foreach (var _ in Windows.Send(through, StandingsText.ChunksOf(certificate.Rows), slice => Tell(slice, milestone, now))) yield return new(++through, now);
    }

    private async Task<bool> Tell(int slice, int milestone, long now)
    {
        var from = slice * Windows.SliceSize;
        var (rows, members) = await archive.Standings(from / StandingsText.ChunkRows);
        var first = from % StandingsText.ChunkRows;
        var told = Encoding.UTF8.GetString(rows.Span).Split('\n')[..^1].Skip(first).Take(Windows.SliceSize)
            .Select((line, at) => (Member: new MemberId(new Guid(members.Span.Slice((first + at) * SettlementArchive.GuidBytes, SettlementArchive.GuidBytes), bigEndian: true)), Gave: StandingsText.Score(line)))
            .ToArray();
        if (told.Length == 0) return true;
        var known = vault is null ? null : await vault.FindMembers(id.Programme, Array.ConvertAll(told, one => one.Member), CancellationToken.None);
        await Task.WhenAll(told.Where(one => known?.ContainsKey(one.Member) != false).Select(one => Tell(one.Member, one.Gave, milestone, now)));
        return true;
    }

    private Task<RecognitionOutcome> Tell(MemberId member, long gave, int milestone, long now) => grains.GetGrain<IRecognisedMember>($"{id.Programme}/{member}").Do(
        string.Create(CultureInfo.InvariantCulture, $"{id.Actor.Key}/milestone-{milestone}"),
        new ReachTogether(id.Challenge, id.Actor.Key, milestone, gave),
        By,
        DateTimeOffset.FromUnixTimeMilliseconds(now));
}
