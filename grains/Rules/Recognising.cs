using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;
using Gamification.Rules.StampCards;

namespace Gamification.Rules;

/// <summary>
/// What an event makes of a member's recognition, and what that moves in the ledger: stamps, and the points of gifts. The one way for sales,
/// returns, removals, commands and time. Rewards among the gifts are in the changes alone; they are no postings.
/// </summary>
internal sealed class Recognising(Bookkeeping books, AccountState state, RecognitionBook book, AccountContext context)
{
    private readonly RecognitionDraft _draft = new(state, book, context);
    private int _given;
    private long _points;
    private bool _happened;
    private bool _takes;

    /// <summary>An event happened, shrank or went.</summary>
    public void Happen(in Happening happening)
    {
        var change = happening.Change;
        (_happened, _takes) = (true, _takes || change.Before is not null);
        _draft.Happen(change, happening.Of);
        if ((change.After ?? change.Before)!.Value.Type == EarningEvent.Sale) _draft.FirstPurchase(happening.FirstPurchase);
        Stamp(change, happening.Source, happening.Cause);
        Reward(change, happening.Source);
        Give(happening.Cause);
    }

    /// <summary>What a command or time brings.</summary>
    public void Do(Action<RecognitionDraft> act, string cause)
    {
        act(_draft);
        Give(cause);
    }

    /// <summary>What time brings, told and posted.</summary>
    public void Tell() => Do(draft => draft.Tell(after => books.Expiring(book.Rules.ExpiryNoticeDays, after)), "time");

    /// <summary>Points of gifts that a merge had taken back are given again.</summary>
    public void Restore(string merge, long points)
    {
        if (points <= 0) return;
        books.Give($"unmerged/{merge}", points, _draft.Today);
        _points += points;
    }

    public RecognitionMade Close()
    {
        if (_happened && !_takes) _draft.TellGoals(unit => books.Of(unit).Available);
        if (_draft.State.SeenThrough > 0) _draft.Remind(books.Purses);
        return _draft.Close(_points);
    }

    /// <summary>The change's stamps, card by card; what comes back takes its own, see <see cref="StampReturn"/>.</summary>
    private void Stamp(in ActivityChange change, string source, string cause)
    {
        if (book.Rules.Cards.IsEmpty) return;
        var activity = (change.After ?? change.Before)!.Value;
        foreach (var card in CardsOf(change))
        {
            if (book.CardOf(card) is not { } terms) continue;
            var (purse, stamps) = (books.Of(terms.Stamps.Unit), Stamps(change.After, card) - Stamps(change.Before, card));
            if (stamps > 0 && change.Before is null)
            {
                var accrual = new Accrual { Source = source, Amount = stamps, OccurredAt = activity.OccurredAt, On = activity.Date, Rule = RuleOf(activity, card) };
                Book(Stamping.Stamp(purse, terms.Card, accrual, _draft.State.FilledOf(card), books.At, terms.Stamps), card);
            }
            else if (stamps < 0 && books.Back.Stamps(purse, terms, source, cause, -stamps) is { } taken)
            {
                Book(Stamping.Return(purse, terms.Card, taken.Back, taken.Filled, books.At, terms.Stamps), card);
            }
        }
    }

    /// <summary>What rules give: once for an event, while it brings it. What came back and is due again is another gift.</summary>
    private void Reward(in ActivityChange change, string source)
    {
        if (!Rewards(change.Before) && !Rewards(change.After)) return;
        var (before, after) = (Gifts(change.Before, source).ToArray(), Gifts(change.After, source).ToArray());
        foreach (var (key, gift) in before.Except(after))
        {
            if (books.Back.TurnOf(key) is > 0 and var turn) _draft.Add(new GiftTakenBack(key, turn, gift));
        }

        foreach (var (key, gift) in after.Except(before)) _draft.Add(new GiftDue(key, books.Back.TurnOf(key) + 1, gift));
    }

    private void Book(StampRuling ruling, string card)
    {
        books.Post(new LedgerDecision(ruling.Purse, ruling.Postings, ruling.Refusal));
        _draft.Take(ruling, card);
    }

    /// <summary>Posts the points of the gifts that came about since the last call.</summary>
    private void Give(string cause)
    {
        for (; _given < _draft.Count; _given++)
        {
            switch (_draft[_given])
            {
                case GiftDue { Gift.Points: { } points } due:
                    books.Give(SourceOf(due.Key, due.Turn), points, _draft.Today);
                    _points += points;
                    break;
                case GiftTakenBack { Gift.Points: { } points } back:
                    books.TakeBack(SourceOf(back.Key, back.Turn), cause, points);
                    _points -= points;
                    break;
            }
        }
    }

    private static string SourceOf(string key, int turn) => turn == 1 ? key : FormattableString.Invariant($"{key}#{turn}");

    private static ImmutableArray<EarnedEffect> Effects(in Activity? activity) => activity is { Effects: { IsDefault: false } effects } ? effects : [];

    private static IEnumerable<(string Key, Gift Gift)> Gifts(Activity? activity, string source) =>
        Effects(activity).Where(effect => effect.Kind == NamedKind.Reward).Select(effect => ($"rule/{effect.Rule.Rule}/{effect.Id}/{source}", new Gift { Reward = effect.Id })).Distinct();

    private static bool Rewards(in Activity? activity)
    {
        foreach (var effect in Effects(activity))
        {
            if (effect.Kind == NamedKind.Reward) return true;
        }

        return false;
    }

    /// <summary>Each once, those that were there before first.</summary>
    private static ImmutableArray<string> CardsOf(in ActivityChange change)
    {
        ImmutableArray<string> cards = [];
        foreach (var effects in (ReadOnlySpan<ImmutableArray<EarnedEffect>>)[Effects(change.Before), Effects(change.After)])
        {
            foreach (var effect in effects)
            {
                if (effect.Kind == NamedKind.Card && !cards.Contains(effect.Id)) cards = cards.Add(effect.Id);
            }
        }

        return cards;
    }

    private static long Stamps(in Activity? activity, string card)
    {
        decimal stamps = 0;
        foreach (var effect in Effects(activity))
        {
            if (effect.Kind == NamedKind.Card && effect.Id == card) stamps += effect.Quantity;
        }

        return (long)stamps;
    }

    /// <summary>The only rule that stamped the card; null when several did.</summary>
    private static string? RuleOf(in Activity activity, string card)
    {
        RuleVersionId? only = null;
        foreach (var effect in activity.Effects)
        {
            if (effect.Kind != NamedKind.Card || effect.Id != card) continue;
            if (only is { } other && other != effect.Rule) return null;
            only = effect.Rule;
        }

        return only?.ToString();
    }
}
