using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Recognition;
using Gamification.Rules.Badges;

namespace Gamification.Rules.Recognition;

/// <summary>
/// Fills a badge in for a member's past (spec D1): it becomes what it would be had it been there from the first entry on. What that awards and was not awarded is given
/// now; what was awarded since the badge came is never taken away by it, and neither is the word of a person. Returns take from it as from any other.
/// </summary>
internal static class BadgeFilling
{
    /// <summary>Null when the badge can be filled in.</summary>
    public static Refusal? Refuse(RecognitionBook? book, string badge, DateOnly today) => (book, book?.Badges.InForceOn(badge, today)?.For) switch
    {
        (null, _) => new("no-recognition", "", "This programme has no recognition document."),
        (_, null) => new("unknown-badge", "/badge", "Name a badge of the programme's recognition document that is in force today."),
        (_, Manual) => new("given-by-people", "/badge", "People give this badge; give it to whom it is due."),
        (_, Collective) => new("reached-together", "/badge", "What members reached together is told when a challenge is settled, and not afterwards."),
        (_, Founder { Campaign: not null }) => new("counted-by-campaign", "/badge", "A campaign counts the first so many as they join; nobody can be counted afterwards."),
        _ => null,
    };

    /// <summary>The entry that records it; null when nothing is to be filled in, such as the second time.</summary>
    /// <param name="state">The account.</param>
    /// <param name="version">Of its newest entry.</param>
    /// <param name="badge">One that is not refused.</param>
    /// <param name="past">The account's entries, oldest first, with those of accounts that are part of it.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="context">When it is decided, under a programme that recognises its members.</param>
    public static RecognitionPosted? Decide(AccountState state, long version, string badge, AccountEntries past, string by, AccountContext context)
    {
        var book = context.Scheme!.Recognition!;
        var replay = new BadgeReplay(context.Scheme, context.Settings, Concerned(book, badge), past.Of).Through(past.Own);
        var had = (state.Recognition ?? RecognitionState.Empty).BadgeOf(badge);
        var given = new GivenBadges(badge, past.All);
        var (changes, turns) = (ImmutableArray.CreateBuilder<RecognitionChange>(), new Dictionary<BadgeAwardId, int>());
        foreach (var (id, award) in replay.Stands.Where(one => one.Key.Badge == badge).OrderBy(one => (one.Value.On, one.Key.Level)))
        {
            var before = AwardOf(had, id.Level, id.Scope);
            if (given.Has(id) || before?.By is not null) continue;
            turns[id] = Math.Max(given.TurnOf(id), before?.Turn ?? 0) + 1;
            changes.Add(award);
            if (book.Badges.Find(badge, award.Version) is { } rule && id.Level <= rule.Levels.Length && rule.Levels[id.Level - 1].Gift is { } gift) changes.Add(new GiftDue(id.ToString(), turns[id], gift));
        }

        var filled = Filled(had, replay.Of(badge), turns) with { FilledThrough = version };
        if (changes.Count == 0 && had.IsSameAs(filled)) return null;
        var booked = Bookkeeping.Recognise(state, "fill-badge", draft =>
        {
            draft.Settle();
            draft.Take(new BadgeRuling(filled, changes.DrainToImmutable()));
            draft.Follow(takes: false);
        }, context);
        return Commanding.Entry(state, booked!.Value, context) with { Command = new FillBadge(badge), By = by };
    }

    /// <summary>The badge, and those that it asks for: what they stood at then decides.</summary>
    private static IEnumerable<string> Concerned(RecognitionBook book, string badge) =>
        book.Rules.Badges.Where(rule => rule.Id == badge).Select(rule => rule.For).OfType<Conditional>().SelectMany(one => one.Requires).OfType<HasBadge>().Select(one => one.Badge).Prepend(badge);

    private static BadgeAward? AwardOf(BadgeStanding standing, int level, string scope) => standing.Awards.LastOrDefault(award => award.Level == level && award.Scope == scope);

    /// <summary>What it would be, with the turns in which it is awarded now or was, and with what it keeps whatever it would be.</summary>
    private static BadgeStanding Filled(BadgeStanding had, BadgeStanding would, Dictionary<BadgeAwardId, int> turns)
    {
        var awards = would.Awards.Select(award =>
        {
            var before = AwardOf(had, award.Level, award.Scope);
            var isKept = before is not null && (before.By is not null || (before.Stands && !award.Stands));
            return isKept ? before! : award with { Turn = turns.GetValueOrDefault(would.IdOf(award), before?.Turn ?? 1) };
        }).ToImmutableArray();
        var kept = had.Awards.Where(award => !awards.Any(one => one.Level == award.Level && one.Scope == award.Scope));
        var past = had.Past.Aggregate(would.Past, (all, one) => PastAwards.With(all, one.Level, Math.Max(0, one.Count - all.FirstOrDefault(other => other.Level == one.Level).Count)));
        return would with { Awards = awards.AddRange(kept), Past = past.RemoveAll(one => one.Count == 0) };
    }
}

/// <summary>An account's entries as they are read back: its own, and those of the accounts that are part of it.</summary>
/// <param name="Own">Oldest first.</param>
/// <param name="Parts">Of each account that is part of it, through the version that counts here.</param>
internal sealed record AccountEntries(ImmutableArray<AccountEntry> Own, ImmutableArray<(MemberId From, ImmutableArray<AccountEntry> Entries)> Parts)
{
    public IEnumerable<AccountEntry> All => Parts.SelectMany(part => part.Entries).Concat(Own);

    public IEnumerable<AccountEntry>? Of(MemberJoined joined) => Parts.Where(part => part.From == joined.Other).Select(part => (ImmutableArray<AccountEntry>?)part.Entries).FirstOrDefault();
}
