using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules.Activities;
using Gamification.Rules.Earning;
using Gamification.Statements;

namespace Gamification.Rules.Statements;

/// <summary>How an entry came to its points (spec R4).</summary>
internal static class Explanations
{
    private static readonly Sentence Held = new("En attente : la carte n’est pas encore inscrite.", "In afwachting: de kaart is nog niet ingeschreven.", "Held: the card is not enrolled yet.");
    private static readonly Sentence Taken = new("Un retour reprend ce que l’achat avait rapporté.", "Een terugname neemt terug wat de aankoop had opgebracht.", "A return takes back what its purchase had brought.");
    private static readonly Sentence Audited = new("Retour sans achat connu : rien n’est repris.", "Terugname zonder gekende aankoop: er wordt niets teruggenomen.", "A return without a known purchase: nothing is taken back.");
    private static readonly Sentence Parked = new("Le retour attend l’achat dont il parle.", "De terugname wacht op de aankoop waarover ze gaat.", "The return waits for the purchase that it speaks of.");
    private static readonly Sentence Removed = new("Le contenu a été retiré : ce qu’il avait rapporté est repris.", "De inhoud is verwijderd: wat hij had opgebracht, wordt teruggenomen.", "What it was for was removed: what it had brought is taken back.");
    private static readonly Sentence Back = new("Le contenu est revenu : ce qu’il avait rapporté est rendu.", "De inhoud is terug: wat hij had opgebracht, wordt teruggegeven.", "What it was for is back: what it had brought is given back.");
    private static readonly Sentence ParkedEvent = new("Le retrait attend l’événement dont il parle.", "De verwijdering wacht op de gebeurtenis waarover ze gaat.", "The removal waits for the event that it speaks of.");
    private static readonly Sentence Repeated = new("Cela n’a rapporté des points qu’une fois, et c’était déjà fait.", "Dit brengt maar één keer punten op, en dat was al gebeurd.", "This brings points once only, and it had already.");
    private static readonly Sentence OwnDeed = new("Un geste envers soi-même ne rapporte rien.", "Een gebaar naar zichzelf brengt niets op.", "What one does for oneself brings nothing.");
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
            ReceiptPosted { Treatment: Treatment.Earned } posted => Award(
                told with { Receipt = posted.Receipt.Key }, posted.Earned, Awards.Explain(before, posted.Receipt, With(posted.Earned, context)), context.Scheme!),
            SaleAttributed attributed => Award(
                told with { Receipt = attributed.Receipt.Key }, attributed.Earned, Awards.Explain(before, attributed.Receipt, With(attributed.Earned, context)), context.Scheme!),
            ActivityPosted { Treatment: ActivityTreatment.Earned } posted => Award(
                told with { Activity = posted.Activity.Key }, posted.Earned ?? Earned.Nothing, ActivityRulings.Explain(before, posted.Activity, With(posted.Earned, context)), context.Scheme!),
            ActivityPosted posted => told with { Activity = posted.Activity.Key, Note = NoteOf(posted.Treatment) },
            ActivityRevised revised => told with { Activity = revised.Revision.Key, Note = NoteOf(revised.Treatment) },
            ReceiptPosted posted => told with { Receipt = posted.Receipt.Key, Note = NoteOf(posted.Treatment) },
            MemberEnrolled enrolled => told with { Note = FounderWords.Of(enrolled, context) ?? NoAward },
            ReturnSettled settled => told with { Receipt = settled.Return, Note = Taken },
            _ => told with { Note = NoAward },
        };
    }

    /// <summary>What campaigns had left for it is no longer known, but what it took of them is: with that, it comes to the same.</summary>
    private static AccountContext With(Earned? recorded, AccountContext context) =>
        context with { Grants = new([.. (recorded?.Campaigns ?? []).Select(use => new CampaignGrant(use.Campaign, use.Points, use.Awards))]) };

    private static EntryExplanation Award(EntryExplanation told, Earned? recorded, Earned again, Scheme scheme)
    {
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

    private static Sentence NoteOf(ActivityTreatment treatment) => treatment switch
    {
        ActivityTreatment.OwnDeed => OwnDeed,
        ActivityTreatment.Repeated => Repeated,
        ActivityTreatment.TakenBack => Removed,
        ActivityTreatment.Regranted => Back,
        ActivityTreatment.Parked => ParkedEvent,
        _ => NoAward,
    };

    private static Sentence NoteOf(Treatment treatment) => treatment switch
    {
        Treatment.Held => Held,
        Treatment.Audited => Audited,
        Treatment.Parked => Parked,
        Treatment.TakenBack or Treatment.TakenByAmount or Treatment.TakenBySku => Taken,
        _ => NoAward,
    };
}
