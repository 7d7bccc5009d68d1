using System.Collections.Immutable;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Recognition;
using Gamification.Statements;

namespace Gamification.Rules.Statements;

/// <summary>A badge's reasons as sentences. The words of people who give or take one stand beside them, never in them.</summary>
internal static class BadgeReasonWords
{
    public static ImmutableArray<Sentence> Say(BadgeWhy why, BadgeRule rule, bool isOffered, RecognitionBook book, Sentence? joining)
    {
        var says = ImmutableArray.CreateBuilder<Sentence>();
        foreach (var award in why.Awards) says.Add(book.Say(words => Of(award, rule, words)));
        if (why.PastAwards > 0) says.Add(book.Say(words => Past(why.PastAwards, words)));
        if (why.Needed is { } needed) says.Add(book.Say(words => Missing(why.Done ?? 0, needed, why, rule, words)));
        if (why.Counted.Length > 0) says.Add(book.Say(words => Counted(why, words)));
        if (why.TakenBack > 0) says.Add(book.Say(words => TakenBack(why.TakenBack, words)));
        if (why.Uncounted > 0) says.Add(book.Say(words => Uncounted(why.Uncounted, words)));
        foreach (var requirement in why.Requires) says.Add(book.Say(words => Of(requirement, words)));
        if (rule.For is SeasonalCount && why.Scope is null && isOffered) says.Add(book.Say(OutOfSeason));
        if (rule.For is Founder && why.Awards.IsEmpty && joining is not null) says.Add(joining);
        if (rule.For is Manual or Collective or Founder && why.Awards.IsEmpty && says.Count == 0) says.Add(book.Say(words => NotYet(rule, words)));
        if (!isOffered) says.Add(book.Say(NoMore));
        return says.DrainToImmutable();
    }

    /// <summary>"Obtenu le 3 mai 2026 (niveau 2). Annulé le 5 mai 2026 : retour."</summary>
    private static string Of(AwardWhy award, BadgeRule rule, RecognitionWords words)
    {
        var formats = words.Formats;
        var level = rule.Levels.Length == 1 ? "" : formats.Pick($" (niveau {award.Level})", $" (niveau {award.Level})", $" (level {award.Level})");
        var on = formats.Date(award.On);
        var given = rule.For is Manual
            ? formats.Pick($"Décerné par notre équipe le {on}{level}.", $"Toegekend door ons team op {on}{level}.", $"Given by our team on {on}{level}.")
            : formats.Pick($"Obtenu le {on}{level}.", $"Behaald op {on}{level}.", $"Earned on {on}{level}.");
        if (award.RevokedOn is not { } gone) return given;
        var off = formats.Date(gone);
        return given + (award.By is null
            ? formats.Pick($" Annulé le {off}\u00A0: retour.", $" Geannuleerd op {off}: retour.", $" Cancelled on {off}: return.")
            : formats.Pick($" Retiré par notre équipe le {off}.", $" Ingetrokken door ons team op {off}.", $" Taken back by our team on {off}."));
    }

    private static string Past(int times, RecognitionWords words) => words.Formats.Pick(
        $"Obtenu {words.Formats.Number(times)} fois dans des périodes terminées.",
        $"{words.Formats.Number(times)} keer behaald in afgesloten periodes.",
        $"Earned {words.Formats.Number(times)} times in periods that are over.");

    /// <summary>"3 sur 5 : encore 2, jusqu’au 31 mai 2026."</summary>
    private static string Missing(decimal done, long needed, BadgeWhy why, BadgeRule rule, RecognitionWords words)
    {
        var formats = words.Formats;
        Func<decimal, string> say = BadgeCounting.MeasureOf(rule.For) == BadgeMeasure.Spend ? amount => formats.Money((long)amount) : formats.Number;
        var by = why.Through is { } last ? formats.Pick($", jusqu’au {formats.Date(last)}", $", tot en met {formats.Date(last)}", $", until {formats.Date(last)}") : "";
        return formats.Pick(
            $"{say(done)} sur {say(needed)}\u00A0: encore {say(needed - done)}{by}.",
            $"{say(done)} van {say(needed)}: nog {say(needed - done)}{by}.",
            $"{say(done)} of {say(needed)}: another {say(needed - done)}{by}.");
    }

    /// <summary>"Comptent : 3 événements, du 2 mai 2026 au 9 mai 2026."</summary>
    private static string Counted(BadgeWhy why, RecognitionWords words)
    {
        var formats = words.Formats;
        var events = Events(why.Counted.Length + why.MoreCounted, words);
        var (first, last) = (formats.Date(why.Counted[^1].On), formats.Date(why.Counted[0].On));
        if (why.MoreCounted > 0) return formats.Pick($"Comptent\u00A0: {events}, le dernier le {last}.", $"Tellen mee: {events}, het laatste op {last}.", $"Counted: {events}, the last on {last}.");
        return first == last
            ? formats.Pick($"Comptent\u00A0: {events}, le {last}.", $"Tellen mee: {events}, op {last}.", $"Counted: {events}, on {last}.")
            : formats.Pick($"Comptent\u00A0: {events}, du {first} au {last}.", $"Tellen mee: {events}, van {first} tot en met {last}.", $"Counted: {events}, from {first} to {last}.");
    }

    private static string TakenBack(int count, RecognitionWords words) => words.Formats.Pick(
        $"Ne comptent plus, car rendus ou retirés\u00A0: {Events(count, words)}.",
        $"Tellen niet meer mee, want teruggebracht of verwijderd: {Events(count, words)}.",
        $"No longer counted, because brought back or removed: {Events(count, words)}.");

    private static string Uncounted(int count, RecognitionWords words) => words.Formats.Pick(
        $"N’ont pas compté, car venus avant ce badge ou après la fin de leur période\u00A0: {Events(count, words)}.",
        $"Hebben niet meegeteld, want gekomen vóór deze badge of na het einde van hun periode: {Events(count, words)}.",
        $"Not counted, because they came before this badge or after the end of their period: {Events(count, words)}.");

    private static string Of(RequirementWhy requirement, RecognitionWords words)
    {
        var text = words.Formats.Pick(requirement.Text.Fr, requirement.Text.Nl, requirement.Text.En);
        return requirement.Holds
            ? words.Formats.Pick($"C’est fait\u00A0: {text}.", $"Dat is in orde: {text}.", $"Done: {text}.")
            : words.Formats.Pick($"Il manque encore\u00A0: {text}.", $"Ontbreekt nog: {text}.", $"Still missing: {text}.");
    }

    private static string OutOfSeason(RecognitionWords words) => words.Formats.Pick(
        "Ce n’est pas la saison\u00A0: rien ne compte aujourd’hui.", "Het is niet het seizoen: vandaag telt niets mee.", "It is not the season: nothing counts today.");

    private static string NotYet(BadgeRule rule, RecognitionWords words) => rule.For is Collective collective && collective.Contribution > 0
        ? words.Formats.Pick(
            $"L’objectif commun n’a pas encore été atteint avec une contribution d’au moins {words.Formats.Number(collective.Contribution)} de votre part.",
            $"Het gezamenlijke doel is nog niet bereikt met een bijdrage van minstens {words.Formats.Number(collective.Contribution)} van u.",
            $"The shared goal has not been reached yet with at least {words.Formats.Number(collective.Contribution)} of it from you.")
        : words.Formats.Pick("Pas encore obtenu.", "Nog niet behaald.", "Not earned yet.");

    private static string NoMore(RecognitionWords words) => words.Formats.Pick("Ce badge n’est plus décerné.", "Deze badge wordt niet meer toegekend.", "This badge is no longer awarded.");

    private static string Events(int count, RecognitionWords words) => words.Formats.Count(count, ("événement", "événements"), ("gebeurtenis", "gebeurtenissen"), ("event", "events"));
}
