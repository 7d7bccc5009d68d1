using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>A difference as a sentence in French, Dutch and English. A whole rule is told in its own words.</summary>
internal sealed class ChangeWords
{
    private const int ValueMax = 80;

    private readonly ProgrammePart _part;
    private readonly Func<Language, RuleWords>? _rules;

    public ChangeWords(ProgrammePart part, ProgrammeDocuments standing, ImmutableArray<PartText> stated)
    {
        _part = part;
        if (part != ProgrammePart.Earning) return;
        var rules = PartReading.EarningOf(stated.First(text => text.Part == part).Text);
        var settings = stated.FirstOrDefault(text => text.Part == ProgrammePart.Settings) is { } own ? SettingsText.Parse(own.Text) : Publishing.SettingsOf(standing)!;
        _rules = language => new(language, rules, settings);
    }

    public DocumentChange Of(DocumentDiffs.Place place, JsonNode? before, JsonNode? after) => new()
    {
        Pointer = after is null ? place.Before : place.After,
        Before = DocumentDiffs.Text(before),
        After = DocumentDiffs.Text(after),
        Fr = Say(Language.Fr, place, before, after),
        Nl = Say(Language.Nl, place, before, after),
        En = Say(Language.En, place, before, after),
    };

    private string Say(Language language, DocumentDiffs.Place place, JsonNode? before, JsonNode? after)
    {
        var what = $"{PartName(language)}{(language == Language.Fr ? "\u00A0: " : ": ")}{Thing(place)}".TrimEnd(' ', ':', '\u00A0');
        var (was, becomes) = (Shown(before, place, language), Shown(after, place, language));
        return (before, after, language) switch
        {
            (null, _, Language.Fr) => $"{what} s’ajoute\u00A0: {becomes}",
            (null, _, Language.Nl) => $"{what} komt erbij: {becomes}",
            (null, _, _) => $"{what} is added: {becomes}",
            (_, null, Language.Fr) => $"{what} disparaît\u00A0: {was}",
            (_, null, Language.Nl) => $"{what} verdwijnt: {was}",
            (_, null, _) => $"{what} goes away: {was}",
            (_, _, Language.Fr) => $"{what} passe de {was} à {becomes}",
            (_, _, Language.Nl) => $"{what} gaat van {was} naar {becomes}",
            _ => $"{what} changes from {was} to {becomes}",
        };
    }

    /// <summary>The part's own list goes without saying.</summary>
    private static string Thing(DocumentDiffs.Place place) =>
        place.Thing.StartsWith("rules ", StringComparison.Ordinal) || place.Thing.StartsWith("rewards ", StringComparison.Ordinal) ? place.Thing[(place.Thing.IndexOf(' ', StringComparison.Ordinal) + 1)..] : place.Thing;

    private string PartName(Language language) => (_part, language) switch
    {
        (ProgrammePart.Settings, Language.Fr) => "Réglages",
        (ProgrammePart.Settings, Language.Nl) => "Instellingen",
        (ProgrammePart.Settings, _) => "Settings",
        (ProgrammePart.Ledger, Language.Fr) => "Points",
        (ProgrammePart.Ledger, Language.Nl) => "Punten",
        (ProgrammePart.Ledger, _) => "Points",
        (ProgrammePart.Earning, Language.Fr) => "Règles",
        (ProgrammePart.Earning, Language.Nl) => "Regels",
        (ProgrammePart.Earning, _) => "Rules",
        (ProgrammePart.Recognition, Language.Fr) => "Reconnaissance",
        (ProgrammePart.Recognition, Language.Nl) => "Erkenning",
        (ProgrammePart.Recognition, _) => "Recognition",
        (ProgrammePart.Rewards, Language.Fr) => "Récompenses",
        (ProgrammePart.Rewards, Language.Nl) => "Beloningen",
        (ProgrammePart.Rewards, _) => "Rewards",
        (ProgrammePart.Impact, Language.Fr) => "Impact",
        (ProgrammePart.Impact, Language.Nl) => "Impact",
        (ProgrammePart.Impact, _) => "Impact",
        (ProgrammePart.Leagues, Language.Fr) => "Ligues",
        (ProgrammePart.Leagues, Language.Nl) => "Competities",
        (ProgrammePart.Leagues, _) => "Leagues",
        (_, Language.Fr) => "Articles",
        (_, Language.Nl) => "Artikelen",
        _ => "Goods",
    };

    private string Shown(JsonNode? value, DocumentDiffs.Place place, Language language)
    {
        if (value is JsonObject && _rules is { } words && place.Thing.StartsWith("rules ", StringComparison.Ordinal) && !place.Thing.AsSpan("rules ".Length).Contains(' '))
            return words(language).Of(value.Deserialize<EarningRule>(EarningJson.Options)!);
        var text = DocumentDiffs.Text(value) ?? "";
        return text.Length <= ValueMax ? text : text[..ValueMax] + "…";
    }
}
