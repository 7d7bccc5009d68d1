using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Statements;

namespace Gamification.Rules.Statements;

/// <summary>How an entry came to its points (spec R4).</summary>
internal static class Explanations
{
    private static readonly Sentence Held = new("En attente : la carte n’est pas encore inscrite.", "In afwachting: de kaart is nog niet ingeschreven.", "Held: the card is not enrolled yet.");
    private static readonly Sentence Taken = new("Un retour reprend ce que l’achat avait rapporté.", "Een terugname neemt terug wat de aankoop had opgebracht.", "A return takes back what its purchase had brought.");
    private static readonly Sentence Audited = new("Retour sans achat connu : rien n’est repris.", "Terugname zonder gekende aankoop: er wordt niets teruggenomen.", "A return without a known purchase: nothing is taken back.");
    private static readonly Sentence Parked = new("Le retour attend l’achat dont il parle.", "De terugname wacht op de aankoop waarover ze gaat.", "The return waits for the purchase that it speaks of.");
    private static readonly Sentence NoAward = new("Cet événement n’attribue pas de points.", "Deze gebeurtenis kent geen punten toe.", "This event awards no points.");

    /// <param name="version">The entry's.</param>
    /// <param name="type">The entry's.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="before">The account as the entries before it had left it.</param>
    /// <param name="context">With the whole past before the entry, and the scheme by which the programme rates.</param>
    public static EntryExplanation Of(long version, string type, AccountEntry entry, AccountState before, AccountContext context)
    {
        var told = new EntryExplanation { Version = version, Type = type, Points = entry.Points, Counters = entry.Counters ?? [] };
        return entry switch
        {
            ReceiptPosted { Treatment: Treatment.Earned } posted => Award(told with { Receipt = posted.Receipt.Key }, posted.Receipt, posted.Earned, before, context),
            SaleAttributed attributed => Award(told with { Receipt = attributed.Receipt.Key }, attributed.Receipt, attributed.Earned, before, context),
            ReceiptPosted posted => told with { Receipt = posted.Receipt.Key, Note = NoteOf(posted.Treatment) },
            ReturnSettled settled => told with { Receipt = settled.Return, Note = Taken },
            _ => told with { Note = NoAward },
        };
    }

    private static EntryExplanation Award(EntryExplanation told, Receipt sale, Earned? recorded, AccountState before, AccountContext context)
    {
        var scheme = context.Scheme!;
        var again = Awards.Explain(before, sale, context);
        var isExact = recorded is null ? again.Points == told.Points : recorded.Applied.AsSpan().SequenceEqual(again.Applied.AsSpan());
        var applied = recorded?.Applied ?? again.Applied;
        return told with
        {
            IsExact = isExact,
            Multiplier = (recorded ?? again).Multiplier,
            Tier = recorded?.Member?.Tier,
            Segments = recorded?.Member?.Segments ?? [],
            Applied = scheme.Applied(applied),
            Missed = scheme.Missed([.. again.WhyNot.Where(missed => !applied.Any(rule => rule.Rule == missed.Rule))]),
            Lines = isExact ? again.Lines : [],
        };
    }

    private static Sentence NoteOf(Treatment treatment) => treatment switch
    {
        Treatment.Held => Held,
        Treatment.Audited => Audited,
        Treatment.Parked => Parked,
        Treatment.TakenBack or Treatment.TakenByAmount or Treatment.TakenBySku => Taken,
        _ => NoAward,
    };
}
