using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Rules;

/// <summary>An event's points reach a purse: first what was waiting for such an event can be spent, then its own points come, each part with its own wait.</summary>
internal static class Crediting
{
    /// <param name="purse">Points or status points; only points wait by goods or for actions.</param>
    /// <param name="credit">The event.</param>
    /// <param name="points">What it earned; with none it keeps rolling lots alive.</param>
    /// <param name="rule">The rule that brought all of it; null when several did.</param>
    /// <param name="at">When it is decided.</param>
    /// <param name="terms">The unit's terms.</param>
    public static LedgerDecision Credit(Purse purse, in Credit credit, long points, string? rule, DateTimeOffset at, UnitTerms terms)
    {
        var done = credit.Event is { } happened && purse.Pending > 0 ? Earnings.Activate(purse, Waiting.NameOf(happened), credit.Source, at, terms) : new(purse, [], null);
        if (points <= 0) return Then(done, Earnings.Touch(done.Purse, credit.Source, credit.OccurredAt, credit.On, at, terms));
        var whole = new Accrual { Source = credit.Source, Amount = points, OccurredAt = credit.OccurredAt, On = credit.On, Rule = rule };
        if (terms.Unit != Unit.Points || credit.Waits.IsDefaultOrEmpty) return Then(done, Earnings.Earn(done.Purse, whole, at, terms));
        foreach (var wait in credit.Waits)
        {
            var part = whole with { Amount = wait.Points, PendingDays = wait.Days, Awaits = wait.For is { } awaited ? Waiting.NameOf(awaited) : null };
            done = Then(done, Earnings.Earn(done.Purse, part, at, terms));
        }

        return done;
    }

    private static LedgerDecision Then(LedgerDecision done, LedgerDecision next) => next with { Postings = done.Postings.IsEmpty ? next.Postings : done.Postings.AddRange(next.Postings) };
}
