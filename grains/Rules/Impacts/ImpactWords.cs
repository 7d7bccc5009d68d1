using System.Globalization;
using Gamification.Impacts;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Statements;

namespace Gamification.Rules.Impacts;

/// <summary>Factors and their sources as sentences (spec F7), made from the same document that counts.</summary>
public static class ImpactWords
{
    /// <summary>"Repas sauvés : 0,5 repas par article, à partir du 1er janvier 2026. Source : …"</summary>
    public static IEnumerable<DocumentSentence> Of(ImpactFactors factors, ProgrammeSettings settings) => factors.Factors.Select((factor, at) =>
    {
        var counter = factors.Counters.First(one => one.Id == factor.Counter);
        return new DocumentSentence(
            FormattableString.Invariant($"/factors/{at}"),
            Say(new(Language.Fr, settings.Currency), factor, counter),
            Say(new(Language.Nl, settings.Currency), factor, counter),
            Say(new(Language.En, settings.Currency), factor, counter));
    });

    /// <summary>"Source : ADEME, Base Carbone (2024)", to be shown beside the counter.</summary>
    public static Sentence Of(ImpactSource source) => new(
        $"Source : {Named(source)}{(source.Example ? " — chiffre d’exemple" : "")}",
        $"Bron: {Named(source)}{(source.Example ? " — voorbeeldcijfer" : "")}",
        $"Source: {Named(source)}{(source.Example ? " — example figure" : "")}");

    private static string Named(ImpactSource source) => string.Create(CultureInfo.InvariantCulture, $"{source.Publisher}, {source.Title} ({source.Published.Year})");

    private static string Say(Formats formats, ImpactFactor factor, ImpactCounter counter)
    {
        var (name, unit) = (formats.Pick(counter.Name.Fr, counter.Name.Nl, counter.Name.En), formats.Pick(counter.Unit.Fr, counter.Unit.Nl, counter.Unit.En));
        var per = factor.Per switch
        {
            ImpactBasis.Items => formats.Pick("par article", "per artikel", "per item"),
            ImpactBasis.Spend => formats.Pick($"par {formats.Money(100)} d’achats", $"per {formats.Money(100)} aankopen", $"per {formats.Money(100)} spent"),
            ImpactBasis.Rules => formats.Pick("par unité que les règles ajoutent", "per eenheid die de regels toevoegen", "per unit that rules add"),
            _ => formats.Pick("à chaque fois", "telkens", "each time"),
        };
        var from = formats.Pick($"à partir du {formats.Date(factor.From)}", $"vanaf {formats.Date(factor.From)}", $"from {formats.Date(factor.From)}");
        var until = factor.Until is { } end ? formats.Pick($" et avant le {formats.Date(end)}", $" en vóór {formats.Date(end)}", $" and before {formats.Date(end)}") : "";
        var source = Of(factor.Source);
        return string.Create(CultureInfo.InvariantCulture, $"{name} (v{factor.Version})")
            + formats.Pick(" : ", ": ", ": ")
            + $"{formats.Number(factor.Millionths / 1_000_000m)} {unit} {per}, {from}{until}. {formats.Pick(source.Fr, source.Nl, source.En)}."
            + (factor.Correction is { } why ? formats.Pick($" Correction : {why.Fr}.", $" Correctie: {why.Nl}.", $" Correction: {why.En}.") : "");
    }}
