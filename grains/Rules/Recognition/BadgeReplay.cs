using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Streaks;

namespace Gamification.Rules.Recognition;

/// <summary>
/// What badges would stand at had they been there from an account's first entry on: its entries decided again for them alone, in their order and each on its own day.
/// Tiers and streaks are as they were recorded.
/// </summary>
internal sealed class BadgeReplay
{
    private readonly Scheme _scheme;
    private readonly ProgrammeSettings _settings;
    private readonly Func<MemberJoined, IEnumerable<AccountEntry>?> _joined;
    private readonly SaleHistory _history = new();
    private readonly string[] _badges;
    private readonly Dictionary<string, BadgeStanding> _standings;
    private readonly Dictionary<BadgeAwardId, BadgeAwarded> _stands = [];
    private RecognitionState _recorded = RecognitionState.Empty;
    private int _seen;

    /// <param name="scheme">Of a programme that recognises its members.</param>
    /// <param name="settings">The programme's.</param>
    /// <param name="badges">Which.</param>
    /// <param name="joined">The entries of an account that is part of this one, as far as they count here; null for one that has parted again.</param>
    public BadgeReplay(Scheme scheme, ProgrammeSettings settings, IEnumerable<string> badges, Func<MemberJoined, IEnumerable<AccountEntry>?> joined)
    {
        (_scheme, _settings, _joined) = (scheme, settings, joined);
        _badges = [.. badges.Distinct(StringComparer.Ordinal)];
        _standings = _badges.ToDictionary(badge => badge, BadgeStanding.Of);
    }

    /// <summary>The awards that stand, also those of closed periods, as they were awarded last.</summary>
    public IReadOnlyDictionary<BadgeAwardId, BadgeAwarded> Stands => _stands;

    private RecognitionBook Book => _scheme.Recognition!;

    public BadgeStanding Of(string badge) => _standings[badge];

    public BadgeReplay Through(IEnumerable<AccountEntry> entries)
    {
        foreach (var entry in entries) Fold(entry);
        return this;
    }

    private void Fold(AccountEntry entry)
    {
        var before = _recorded;
        if (entry.Recognised is { } made) _recorded = _recorded.Apply(made);
        var at = AtOf(entry);
        var today = DateOnly.FromDayNumber(Math.Max(Math.Max(_seen, _recorded.SeenThrough), Book.DayOf(at).DayNumber));
        var takes = entry is RecognitionPosted { Command: TakeBadge or JudgeFraud } or MemberParted;
        foreach (var change in Happened.In(entry, _history, _scheme, _settings.NetSpend))
        {
            (_seen, takes) = (today.DayNumber, takes || change.Before is not null);
            foreach (var badge in _badges) Take(BadgeRulings.CountOn(_standings[badge], Book.Badges, change, today));
        }

        if (entry is MemberEnrolled) Each(standing => BadgeRulings.Enrol(standing, Book.Badges, entry.Recognised?.Dates?.EnrolledOn ?? today));
        if (entry is MemberJoined joined && _joined(joined) is { } theirs) Join([.. theirs], today);
        if (entry.Recognised is not null) Follow(before, takes, today, at);
        _history.Fold(entry, _settings.NetSpend);
    }

    /// <summary>As a decision does it: badges on streaks that changed, then those on conditions.</summary>
    private void Follow(RecognitionState before, bool takes, DateOnly today, DateTimeOffset at)
    {
        var homeDay = _recorded.Home is { } home ? home.DatesOf(at).Date : today;
        Each(standing => Book.Badges.InForceOn(standing.Badge, today) is { For: StreakOf { Streak: var streak } } && !ReferenceEquals(_recorded.StreakOf(streak), before.StreakOf(streak))
            ? BadgeRulings.Measure(standing, Book.Badges, Book.BestOf(streak, _recorded, homeDay), today, mayRevoke: takes)
            : new(standing, []));
        Each(standing => Book.Badges.InForceOn(standing.Badge, today) is { For: Conditional conditional } && (takes || standing.Level == 0)
            ? BadgeRulings.Measure(standing, Book.Badges, new Recognised(LevelOf, tier => Book.HasTier(_recorded.Tier?.Level ?? 0, tier), streak => Book.BestOf(streak, _recorded, homeDay)).Meets(conditional), today, mayRevoke: takes)
            : new(standing, []));
    }

    private void Join(ImmutableArray<AccountEntry> theirs, DateOnly today)
    {
        var other = new BadgeReplay(_scheme, _settings, _badges, _joined).Through(theirs);
        foreach (var (id, award) in other._stands) _stands.TryAdd(id, award);
        Each(standing => BadgeRulings.Merge(standing, other.Of(standing.Badge), Book.Badges, today));
        foreach (var entry in theirs) _history.Fold(entry, _settings.NetSpend);
    }

    private void Each(Func<BadgeStanding, BadgeRuling> decide)
    {
        foreach (var badge in _badges) Take(decide(_standings[badge]));
    }

    private void Take(in BadgeRuling ruling)
    {
        _standings[ruling.Standing.Badge] = ruling.Standing;
        foreach (var change in ruling.Changes)
        {
            if (change is BadgeAwarded awarded) _stands[awarded.Id] = awarded;
            else if (change is BadgeRevoked revoked) _stands.Remove(revoked.Id);
        }
    }

    private int LevelOf(string badge) => (_standings.TryGetValue(badge, out var replayed) ? replayed : _recorded.BadgeOf(badge)).Level;

    /// <summary>The business time of the decision. Of a replay nobody kept where it stood; what was seen through by then is no later.</summary>
    private DateTimeOffset AtOf(AccountEntry entry) => _settings.Clock != BusinessClockKind.Replay ? entry.ReceivedAt : entry switch
    {
        ReceiptPosted posted => posted.Receipt.OccurredAt,
        SaleAttributed attributed => attributed.Receipt.OccurredAt,
        ActivityPosted posted => posted.Activity.OccurredAt,
        ActivityRevised revised => revised.Revision.OccurredAt,
        _ => DateTimeOffset.UnixEpoch,
    };
}
