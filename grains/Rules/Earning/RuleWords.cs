using System.Collections.Immutable;
using System.Diagnostics;
using Gamification.Programmes;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// Rules and awards as sentences (spec A13), made from the same tree that decides: the text cannot say anything else than the rule.
/// Names are quoted as the document gives them; a name that is missing shows its id.
/// </summary>
public sealed class RuleWords
{
    private readonly Language _language;
    private readonly Formats _formats;
    private readonly EventWords _events;
    private readonly ConditionWords _conditions;
    private readonly Dictionary<(NamedKind, string), Name> _names;
    private readonly Dictionary<string, Campaign> _campaigns;

    public RuleWords(Language language, EarningRules rules, ProgrammeSettings settings)
    {
        _language = language;
        _formats = new(language, settings.Currency);
        _events = new(_formats);
        _names = rules.Names.ToDictionary(name => (name.Kind, name.Id));
        _campaigns = rules.Campaigns.ToDictionary(campaign => campaign.Id);
        _conditions = new(_formats, NameOf, StoreName);

        string StoreName(string id) => settings.Stores.FirstOrDefault(store => store.Id == id) is { } store ? _formats.Pick(store.NameFr, store.NameNl, store.NameEn) : id;
    }

    /// <summary>"À l'achat : 1 point pour 1 € dépensé ; au plus 500 points par jour et par membre."</summary>
    public string Of(EarningRule rule)
    {
        var goods = rule.Lines is { } lines ? _formats.Pick(", sur les articles ", ", op artikelen ", ", on items ") + _conditions.Of(lines) : "";
        var when = rule.When is { } condition ? $", {_conditions.Of(condition)}" : "";
        var colon = _formats.Pick("\u00A0: ", ": ", ": ");
        var semicolon = _formats.Pick("\u00A0; ", "; ", "; ");
        var limits = Limits(rule).ToArray();
        return $"{Events(rule.On)}{colon}{_formats.Both([.. rule.Then.Select(Of)])}{goods}{when}{string.Concat(limits.Select(limit => semicolon + limit))}.";
    }

    /// <summary>"Pourquoi ces points ?": the points of one applied rule, and the rule.</summary>
    public string Of(AppliedRule applied, EarningRule rule) => $"{Points(applied.Points)}. {Of(rule)}{Cut(applied)}";

    /// <summary>Why a rule did not count.</summary>
    public string Of(WhyNot whyNot) => whyNot.Reason switch
    {
        WhyNotReason.Condition when whyNot.Unmet is { } unmet =>
            _formats.Pick($"Vaut seulement {_conditions.Of(unmet)}.", $"Geldt alleen {_conditions.Of(unmet)}.", $"Holds only {_conditions.Of(unmet)}."),
        WhyNotReason.Condition => _formats.Pick("Une condition n’est pas remplie.", "Een voorwaarde is niet vervuld.", "A condition is not met."),
        WhyNotReason.NoGoods => _formats.Pick("Aucun article du ticket n’y donne droit.", "Geen artikel op het kasticket komt in aanmerking.", "No item on the receipt counts for it."),
        WhyNotReason.CapReached => _formats.Pick("Le maximum par membre est atteint.", "Het maximum per lid is bereikt.", "The most for one member is reached."),
        WhyNotReason.BudgetSpent => _formats.Pick("Le budget de la campagne est épuisé.", "Het budget van de campagne is op.", "The campaign’s budget is spent."),
        WhyNotReason.QuotaUsedUp => _formats.Pick("Le nombre prévu par la campagne est atteint.", "Het aantal van de campagne is bereikt.", "The campaign’s number is reached."),
        WhyNotReason.Outdone => _formats.Pick("Un multiplicateur plus élevé s’applique.", "Een hogere vermenigvuldiging geldt.", "A greater multiplier applies."),
        WhyNotReason.NothingToCount => _formats.Pick("Il n’y avait rien à compter.", "Er viel niets te tellen.", "There was nothing to count."),
        _ => throw new UnreachableException($"No words for {whyNot.Reason}."),
    };

    public string Points(long points) => _formats.Count(points, ("point", "points"), ("punt", "punten"), ("point", "points"));

    private string Cut(AppliedRule applied) => applied switch
    {
        { Outdone: true } => " " + Of(new WhyNot(applied.Rule, WhyNotReason.Outdone)),
        { Granted: not null } => _formats.Pick(" Limité à ce qui restait.", " Beperkt tot wat overbleef.", " Limited to what was left."),
        _ => "",
    };

    private string Of(Effect effect) => effect switch
    {
        PointsPerSpend per => _formats.Pick(
            $"{Points(per.Points)} pour {_formats.Money(per.Spend)} d’achat",
            $"{Points(per.Points)} per {_formats.Money(per.Spend)} aankoop",
            $"{Points(per.Points)} for every {_formats.Money(per.Spend)} spent"),
        FixedPoints points => Points(points.Points),
        Multiplier multiplier => _formats.Pick(
            $"points multipliés par {_formats.Number(multiplier.Factor)}",
            $"punten maal {_formats.Number(multiplier.Factor)}",
            $"points multiplied by {_formats.Number(multiplier.Factor)}"),
        Bonus bonus => _formats.Count(bonus.Points, ("point de bonus", "points de bonus"), ("bonuspunt", "bonuspunten"), ("bonus point", "bonus points")) + PerItem(bonus.PerItem),
        Stamps stamps => _formats.Count(stamps.Count, ("tampon", "tampons"), ("stempel", "stempels"), ("stamp", "stamps"))
            + _formats.Pick(" sur la carte ", " op de kaart ", " on the card ") + Quoted(NamedKind.Card, stamps.Card) + PerItem(stamps.PerItem),
        BadgeProgress badge => _formats.Count(badge.Count, ("pas", "pas"), ("stap", "stappen"), ("step", "steps"))
            + _formats.Pick(" vers le badge ", " naar de badge ", " towards the badge ") + Quoted(NamedKind.Badge, badge.Badge) + PerItem(badge.PerItem),
        RewardGrant reward => _formats.Pick("la récompense ", "de beloning ", "the reward ") + Quoted(NamedKind.Reward, reward.Reward),
        Impact impact => $"+{_formats.Number(impact.Quantity)}" + _formats.Pick(" au compteur ", " op de teller ", " on the counter ") + Quoted(NamedKind.Impact, impact.Counter) + PerItem(impact.PerItem),
        _ => throw new UnreachableException($"No words for {effect.GetType().Name}."),
    };

    private string PerItem(bool perItem) => perItem ? _formats.Pick(" par article", " per artikel", " per item") : "";

    private IEnumerable<string> Limits(EarningRule rule)
    {
        if (rule.WaitsFor is { } awaited)
            yield return _formats.Pick($"points à dépenser après {_events.Thing(awaited)}", $"punten te gebruiken na {_events.Thing(awaited)}", $"points to be spent after {_events.Thing(awaited)}");
        if (rule.Cap is { } cap)
        {
            string[] most = [.. Most(cap)];
            yield return _formats.Pick($"au plus {_formats.Both(most)} {Per(cap.Per)} et par membre", $"hoogstens {_formats.Both(most)} {Per(cap.Per)} per lid", $"at most {_formats.Both(most)} {Per(cap.Per)} per member");
        }

        if (rule.Campaign is not { } id || !_campaigns.TryGetValue(id, out var campaign)) yield break;
        string[] left = [.. Left(campaign)];
        var name = Quoted(NamedKind.Campaign, id);
        yield return _formats.Pick(
            $"campagne {name}, pour tous les membres ensemble au plus {_formats.Both(left)}",
            $"campagne {name}, voor alle leden samen hoogstens {_formats.Both(left)}",
            $"campaign {name}, for all members together at most {_formats.Both(left)}");
    }

    private IEnumerable<string> Most(Cap cap)
    {
        if (cap.Points is { } points) yield return Points(points);
        if (cap.Times is { } times) yield return Times(times);
    }

    private IEnumerable<string> Left(Campaign campaign)
    {
        if (campaign.Quota is { } quota) yield return Times(quota);
        if (campaign.Budget is { } budget) yield return Points(budget);
    }

    private string Times(decimal times) => _formats.Count(times, ("fois", "fois"), ("keer", "keer"), ("time", "times"));

    private string Per(CapPeriod per) => per switch
    {
        CapPeriod.Day => _formats.Pick("par jour", "per dag", "a day"),
        CapPeriod.Week => _formats.Pick("par semaine", "per week", "a week"),
        CapPeriod.Month => _formats.Pick("par mois", "per maand", "a month"),
        _ => _formats.Pick("en tout", "in totaal", "in all"),
    };

    private string Events(ImmutableArray<EarningEvent> events)
    {
        var text = _formats.Either([.. events.Select(_events.Of)]);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private string Quoted(NamedKind kind, string id) => _formats.Quote(NameOf(kind, id));

    private string NameOf(NamedKind kind, string id) => !_names.TryGetValue((kind, id), out var name)
        ? id
        : _language switch { Language.Fr => name.Fr, Language.Nl => name.Nl, _ => name.En };
}
