using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Statements;

namespace Gamification.Challenges;

/// <summary>A run and a member's part in it, as people see them.</summary>
internal static class RunViews
{
    /// <summary>All but what is counted and the words.</summary>
    public static ChallengeView Of(ChallengeRunId id, ChallengeRun run, long now, ImmutableArray<GroupRow> groups, ProgrammeSettings settings)
    {
        var times = run.Challenge is null || run.ScheduledAt == 0 ? null : run.Times();
        var reveals = times is null ? null : Reveals.At(run.Challenge!, times, now);
        return new()
        {
            Run = id,
            Phase = run.PhaseAt(now),
            Challenge = run.Challenge,
            IsPaused = run.IsPaused,
            NextAt = Instant(run.NextAt(now)),
            Participants = 0,
            Total = 0,
            Milestones = run.Challenge?.By is Together together
                ? [.. together.Milestones.Select((milestone, place) => new MilestoneView(milestone.At, run.Latches[place].IsReached, run.Latches[place].IsUnlocked))]
                : [],
            Certificate = run.Certificate?.Hash(),
            Received = run.Received,
            Times = times is null ? null : new(Instant(times.Opens)!.Value, Instant(times.Closes)!.Value, Instant(times.GraceEnds)!.Value),
            Versions = [.. run.Versions.Select(shown => new VersionView(shown.Version, Instant(shown.Since)!.Value, shown.Reason))],
            Groups = run.Challenge is { } challenge ? [.. WithAll(groups, challenge.By).Select(group => GroupOf(group, challenge.By, settings))] : [],
            Revealed = reveals is null ? [] : [.. reveals.Revealed.Select(teaser => teaser.Text)],
            RevealsAt = Instant(reveals?.NextAt),
            Reason = run.Reason,
        };
    }

    public static MemberProgress ProgressOf(MemberTrack track, Challenge challenge, ProgrammeSettings settings)
    {
        var contributions = track.Contributions(challenge);
        var (score, target) = (contributions.Sum(one => one.Score), GoalParts.TargetOf(challenge.Goal));
        var progress = new Progress(score, 0, 0);
        return new(score, target, contributions.Any(one => one.CompletedAt != 0), track.Joined || !challenge.Audience.OptIn)
        {
            Left = Say(challenge, settings, words => words.Left(progress)),
            Team = track.Team,
            IsHidden = track.Hidden,
        };
    }

    public static Sentence WordsOf(Challenge challenge, ProgrammeSettings settings) => Say(challenge, settings, words => words.Whole())!;

    private static Sentence? Say(Challenge challenge, ProgrammeSettings settings, Func<ChallengeWords, string?> say)
    {
        var said = Enum.GetValues<Language>().Select(language => say(new(language, challenge, settings.Currency, store => NameOf(store, language, settings)))).ToArray();
        return said[(int)Language.Fr] is { } fr ? new(fr, said[(int)Language.Nl]!, said[(int)Language.En]!) : null;
    }

    /// <summary>Whoever has no score yet stands last, with no rank (spec §9), in the order of the challenge.</summary>
    private static IEnumerable<GroupRow> WithAll(ImmutableArray<GroupRow> groups, Contest by)
    {
        var count = by switch { InTeams teams => teams.Teams.Length, StoreAgainstStore stores => stores.Stores.Length, _ => 0 };
        var scored = groups.Select(group => group.Group).ToHashSet();
        return groups.Concat(Enumerable.Range(0, count).Select(at => (short)at).Where(at => !scored.Contains(at)).Select(at => new GroupRow(at, 0, 0, 0)));
    }

    private static GroupView GroupOf(GroupRow row, Contest by, ProgrammeSettings settings) => by switch
    {
        InTeams teams => new(teams.Teams[row.Group].Id, teams.Teams[row.Group].Name, row.Rank, row.Score),
        StoreAgainstStore { Stores: var stores } => new(
            stores[row.Group],
            new(NameOf(stores[row.Group], Language.Fr, settings), NameOf(stores[row.Group], Language.Nl, settings), NameOf(stores[row.Group], Language.En, settings)),
            row.Rank,
            row.Score),
        _ => throw new NotSupportedException($"{by.GetType().Name} ranks no groups."),
    };

    private static string NameOf(string id, Language language, ProgrammeSettings settings) =>
        settings.Stores.FirstOrDefault(store => store.Id == id) is not { } store ? id
        : language switch { Language.Nl => store.NameNl, Language.En => store.NameEn, _ => store.NameFr };

    private static DateTimeOffset? Instant(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
