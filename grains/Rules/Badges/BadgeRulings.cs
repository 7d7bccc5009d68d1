using System.Collections.Immutable;
using Gamification.Recognition;

namespace Gamification.Rules.Badges;

/// <summary>The standing afterwards, and what came of it. With a refusal nothing happened.</summary>
public readonly record struct BadgeRuling(BadgeStanding Standing, ImmutableArray<RecognitionChange> Changes, Refusal? Refusal = null);

/// <summary>
/// Awarding badges and revoking them (spec D1–D3, §5). Levels are held against progress, and progress is what the activities that stand add up
/// to, so neither the order in which they come nor what comes back in between leaves a trace in it.
/// </summary>
public static class BadgeRulings
{
    /// <summary>
    /// An activity happened, shrank or went. It counts for the period of its own date until that period's grace is over by
    /// <paramref name="today"/>; later it changes nothing, as a return from that period does not.
    /// </summary>
    public static BadgeRuling Count(BadgeStanding standing, BadgeBook book, in ActivityChange change, DateOnly today)
    {
        if (book.InForceOn(standing.Badge, change.Date) is not { } rule || !BadgeCounting.Counts(rule.For)) return new(standing, []);
        if (BadgeScopes.Of(rule.For, change.Date) is not { } scope || IsClosed(scope.End, rule, today)) return new(standing, []);
        var at = Find(standing.Progress, scope.Scope);
        var before = at < 0 ? new ScopeProgress { Scope = scope.Scope } : standing.Progress[at];
        var progress = before;
        if (change.Before is { } gone) progress = BadgeCounting.With(progress, rule, gone, -1, today.DayNumber);
        if (change.After is { } there) progress = BadgeCounting.With(progress, rule, there, 1, today.DayNumber);
        if (progress == before) return new(standing, []);
        var all = at < 0 ? Insert(standing.Progress, progress) : progress.IsEmpty ? standing.Progress.RemoveAt(at) : standing.Progress.SetItem(at, progress);
        return Judge(standing with { Progress = all }, book, rule, scope.Scope, progress.Value, today);
    }

    /// <summary>
    /// A badge on a streak or a condition: what it is measured by came to this. It is revoked only by what was brought back or removed
    /// (<paramref name="mayRevoke"/>), not by time: whoever was gold once has earned what gold brought.
    /// </summary>
    public static BadgeRuling Measure(BadgeStanding standing, BadgeBook book, long value, DateOnly today, bool mayRevoke = true) =>
        book.InForceOn(standing.Badge, today) is { For: StreakOf or Conditional } rule ? Judge(standing, book, rule, BadgeStanding.Ever, value, today, mayRevoke) : new(standing, []);

    /// <summary>Members together reached a milestone of a challenge's run, of which this one gave a part.</summary>
    public static BadgeRuling ReachTogether(BadgeStanding standing, BadgeBook book, string run, int milestone, long contribution, DateOnly today) =>
        book.InForceOn(standing.Badge, today) is { For: Collective collective } rule && contribution >= collective.Contribution
            ? Judge(standing, book, rule, run, milestone, today)
            : new(standing, []);

    /// <summary>
    /// A member enrolled. A founder by number needs the campaign's word: a quota is granted in the order received, by whoever counts it, and
    /// <paramref name="isGranted"/> is its answer; null when nobody asked.
    /// </summary>
    public static BadgeRuling Enrol(BadgeStanding standing, BadgeBook book, DateOnly on, bool? isGranted = null)
    {
        if (book.InForceOn(standing.Badge, on) is not { For: Founder founder } rule) return new(standing, []);
        var isFounder = (founder.Before is null || on < founder.Before) && (founder.Campaign is null || isGranted == true);
        return isFounder ? Judge(standing, book, rule, BadgeStanding.Ever, 1, on) : new(standing, []);
    }

    /// <summary>Given by a person. Refused, in this order: not such a badge, nobody or no reason named. Given twice it is given once.</summary>
    public static BadgeRuling Give(BadgeStanding standing, BadgeBook book, string scope, string by, string reason, DateOnly today)
    {
        if (book.InForceOn(standing.Badge, today) is not { For: Manual } rule) return new(standing, [], new("not-manual", "/badge", "Only a manual badge is given by people."));
        if (Named(by, reason) is { } refusal) return new(standing, [], refusal);
        var ruling = Judge(standing, book, rule, scope, 1, today);
        return ruling with { Standing = ruling.Standing with { Awards = [.. ruling.Standing.Awards.Select(award => award.Scope == scope && award.By is null ? award with { By = by, Reason = reason } : award)] } };
    }

    /// <summary>Taken away by a person, whatever its policy; refused without a name and a reason, or when there is no such award.</summary>
    public static BadgeRuling TakeAway(BadgeStanding standing, BadgeBook book, BadgeAwardId id, string by, string reason, DateOnly today)
    {
        if (Named(by, reason) is { } refusal) return new(standing, [], refusal);
        var at = Find(standing.Awards, id.Level, id.Scope);
        if (at < 0 || !standing.Awards[at].Stands) return new(standing, [], new("no-award", "/badge", "Name an award that stands."));
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        var awards = Revoke(standing, book, at, today, changes);
        return new(standing with { Awards = awards.SetItem(at, awards[at] with { By = by, Reason = reason }) }, changes.DrainToImmutable());
    }

    /// <summary>The same, and what was closed before a new period begins is forgotten.</summary>
    public static BadgeRuling CountOn(BadgeStanding standing, BadgeBook book, in ActivityChange change, DateOnly today)
    {
        var ruling = Count(standing, book, change, today);
        var isNewScope = ruling.Standing.Progress.Length > Math.Max(1, standing.Progress.Length);
        return isNewScope ? ruling with { Standing = Forget(ruling.Standing, book, today) } : ruling;
    }

    /// <summary>
    /// Two members are one (spec §12): progress adds up, awards are united, and what both were given for the same award is taken back once. Of two
    /// equal awards the one that stands is kept, of those the earlier.
    /// </summary>
    public static BadgeRuling Merge(BadgeStanding into, BadgeStanding from, BadgeBook book, DateOnly today)
    {
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        var awards = into.Awards.ToBuilder();
        foreach (var award in from.Awards)
        {
            var at = Find(into.Awards, award.Level, award.Scope);
            if (at < 0) awards.Add(award);
            else if (award.Stands && into.Awards[at].Stands) Gifts(into, book, award, isDue: false, changes);
            if (at >= 0 && award.Stands && (!into.Awards[at].Stands || award.On < into.Awards[at].On)) awards[at] = award;
        }

        var progress = into.Progress.Concat(from.Progress).GroupBy(one => one.Scope, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Aggregate(BadgeCounting.Sum)).Where(one => !one.IsEmpty).ToImmutableArray();
        var past = from.Past.Aggregate(into.Past, (all, one) => PastAwards.With(all, one.Level, one.Count));
        var standing = into with { Progress = progress, Awards = awards.DrainToImmutable(), Past = past };
        if (book.InForceOn(standing.Badge, today) is not { } rule || !BadgeCounting.Counts(rule.For)) return new(standing, changes.DrainToImmutable());
        foreach (var scope in progress)
        {
            var ruling = Judge(standing, book, rule, scope.Scope, scope.Value, today);
            standing = ruling.Standing;
            changes.AddRange(ruling.Changes);
        }

        return new(standing, changes.DrainToImmutable());
    }

    /// <summary>A merge is undone: the other's progress goes, and its awards where this one had none of its own; what only both together had reached goes, whatever its policy.</summary>
    public static BadgeRuling Part(BadgeStanding both, BadgeStanding from, BadgeStanding before, BadgeBook book, DateOnly today)
    {
        var awards = both.Awards.RemoveAll(award => from.Awards.Contains(award) && !before.Awards.Contains(award));
        var own = before.Awards.RemoveAll(award => awards.Any(kept => kept.Level == award.Level && kept.Scope == award.Scope));
        var past = from.Past.Aggregate(both.Past, (all, one) => PastAwards.With(all, one.Level, -one.Count)).RemoveAll(one => one.Count <= 0);
        var progress = both.Progress.Select(scope => from.Progress.FirstOrDefault(one => one.Scope == scope.Scope) is { } theirs
            ? BadgeCounting.Less(scope, theirs, before.Progress.FirstOrDefault(one => one.Scope == scope.Scope))
            : scope);
        var standing = both with { Awards = awards.AddRange(own), Past = past, Progress = [.. progress.Where(one => !one.IsEmpty)] };
        if (book.InForceOn(standing.Badge, today) is not { } rule || !BadgeCounting.Counts(rule.For)) return new(standing, []);
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        foreach (var scope in both.Progress.Select(one => one.Scope))
        {
            var ruling = Judge(standing, book, rule, scope, standing.ValueIn(scope), today);
            changes.AddRange(ruling.Changes);
            var shared = ruling.Standing.Awards.Where(award => award.Scope == scope && award.By is null && Find(before.Awards, award.Level, scope) < 0
                && award.Level <= rule.Levels.Length && ruling.Standing.ValueIn(scope) < rule.Levels[award.Level - 1].At).ToArray();
            changes.AddRange(shared.Where(award => award.Stands).Select(award => new BadgeRevoked(standing.IdOf(award), today)));
            standing = ruling.Standing with { Awards = ruling.Standing.Awards.RemoveAll(shared.Contains) };
        }

        return new(standing, changes.DrainToImmutable());
    }

    /// <summary>
    /// Periods and seasons whose grace is over can no longer change: of their progress nothing is kept, of their awards how many there were of each
    /// level. Which ones stands in the journal.
    /// </summary>
    public static BadgeStanding Forget(BadgeStanding standing, BadgeBook book, DateOnly today)
    {
        if (book.InForceOn(standing.Badge, today) is not { For: PeriodicCount or SeasonalCount } rule) return standing;
        HashSet<string> open = [];
        for (var day = today.DayNumber - rule.GraceDays; day <= today.DayNumber; day++)
        {
            if (BadgeScopes.Of(rule.For, DateOnly.FromDayNumber(day)) is { } scope) open.Add(scope.Scope);
        }

        var past = standing.Past;
        foreach (var award in standing.Awards)
        {
            if (award.Stands && !open.Contains(award.Scope)) past = PastAwards.With(past, award.Level, 1);
        }

        var (progress, awards) = (standing.Progress.RemoveAll(one => !open.Contains(one.Scope)), standing.Awards.RemoveAll(award => !open.Contains(award.Scope)));
        return progress.Length == standing.Progress.Length && awards.Length == standing.Awards.Length
            ? standing
            : standing with { Progress = progress, Awards = awards, Past = past };
    }

    private static BadgeRuling Judge(BadgeStanding standing, BadgeBook book, BadgeRule rule, string scope, decimal value, DateOnly today, bool mayRevoke = true)
    {
        ImmutableArray<RecognitionChange>.Builder? changes = null;
        for (var level = 1; level <= rule.Levels.Length; level++)
        {
            var at = Find(standing.Awards, level, scope);
            var held = at < 0 ? rule : book.Find(standing.Badge, standing.Awards[at].Version) ?? rule;
            var isReached = value >= (level <= held.Levels.Length ? held : rule).Levels[level - 1].At;
            if (at < 0 && isReached)
            {
                changes ??= ImmutableArray.CreateBuilder<RecognitionChange>();
                var award = new BadgeAward { Level = level, Scope = scope, Version = rule.Version, On = today.DayNumber };
                standing = Award(standing, book, award, standing.Awards.Add(award), changes);
            }
            else if (at >= 0 && !standing.Awards[at].Stands && isReached && held.Revoke == RevokePolicy.ReEvaluate && standing.Awards[at].By is null)
            {
                changes ??= ImmutableArray.CreateBuilder<RecognitionChange>();
                var award = standing.Awards[at] with { RevokedOn = null, Turn = standing.Awards[at].Turn + 1 };
                standing = Award(standing, book, award, standing.Awards.SetItem(at, award), changes);
            }
            else if (mayRevoke && at >= 0 && standing.Awards[at].Stands && !isReached && held.Revoke != RevokePolicy.Keep)
            {
                changes ??= ImmutableArray.CreateBuilder<RecognitionChange>();
                standing = standing with { Awards = Revoke(standing, book, at, today, changes) };
            }
        }

        return new(standing, changes?.DrainToImmutable() ?? []);
    }

    private static BadgeStanding Award(BadgeStanding standing, BadgeBook book, BadgeAward award, ImmutableArray<BadgeAward> awards, ImmutableArray<RecognitionChange>.Builder changes)
    {
        changes.Add(new BadgeAwarded(standing.IdOf(award), award.Version, DateOnly.FromDayNumber(award.On)));
        Gifts(standing, book, award, isDue: true, changes);
        return standing with { Awards = awards };
    }

    private static ImmutableArray<BadgeAward> Revoke(BadgeStanding standing, BadgeBook book, int at, DateOnly today, ImmutableArray<RecognitionChange>.Builder changes)
    {
        var award = standing.Awards[at] with { RevokedOn = today.DayNumber };
        changes.Add(new BadgeRevoked(standing.IdOf(award), today));
        Gifts(standing, book, award, isDue: false, changes);
        return standing.Awards.SetItem(at, award);
    }

    /// <summary>What the version brought that awarded it, so that as much goes as came.</summary>
    private static void Gifts(BadgeStanding standing, BadgeBook book, BadgeAward award, bool isDue, ImmutableArray<RecognitionChange>.Builder changes)
    {
        if (book.Find(standing.Badge, award.Version) is not { } rule || award.Level > rule.Levels.Length || rule.Levels[award.Level - 1].Gift is not { } gift) return;
        var key = standing.IdOf(award).ToString();
        changes.Add(isDue ? new GiftDue(key, award.Turn, gift) : new GiftTakenBack(key, award.Turn, gift));
    }

    private static bool IsClosed(int end, BadgeRule rule, DateOnly today) => today.DayNumber - rule.GraceDays >= end;

    private static Refusal? Named(string by, string reason) =>
        string.IsNullOrWhiteSpace(by) || by.Length > 200 ? new("name-missing", "/by", "Say who, in 1 to 200 characters.")
        : string.IsNullOrWhiteSpace(reason) || reason.Length > 200 ? new("reason-missing", "/reason", "Say why, in 1 to 200 characters.")
        : null;

    private static ImmutableArray<ScopeProgress> Insert(ImmutableArray<ScopeProgress> all, ScopeProgress one)
    {
        var at = 0;
        while (at < all.Length && string.CompareOrdinal(all[at].Scope, one.Scope) < 0) at++;
        return all.Insert(at, one);
    }

    private static int Find(ImmutableArray<ScopeProgress> all, string scope)
    {
        for (var at = 0; at < all.Length; at++)
        {
            if (all[at].Scope == scope) return at;
        }

        return -1;
    }

    private static int Find(ImmutableArray<BadgeAward> all, int level, string scope)
    {
        for (var at = all.Length - 1; at >= 0; at--)
        {
            if (all[at].Level == level && all[at].Scope == scope) return at;
        }

        return -1;
    }
}
