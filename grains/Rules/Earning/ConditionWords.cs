using System.Collections.Immutable;
using System.Diagnostics;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>Conditions and goods as phrases that can follow a comma.</summary>
internal sealed class ConditionWords(Formats formats, Func<NamedKind, string, string> nameOf, Func<string, string> storeName)
{
    public string Of(Condition condition) => condition switch
    {
        AllOf all => string.Join(", ", all.Of.Select(Inner)),
        AnyOf any => string.Join(formats.Pick(" ou bien ", " ofwel ", " or else "), any.Of.Select(Inner)),
        Not not => formats.Pick("sauf ", "behalve ", "except ") + Inner(not.Of),
        StoreIs { Stores: [var store] } => formats.Pick($"au magasin {storeName(store)}", $"in winkel {storeName(store)}", $"at the {storeName(store)} store"),
        StoreIs store => Stores(formats.Either([.. store.Stores.Select(storeName)])),
        ZoneIs zone => formats.Pick("dans la zone ", "in de zone ", "in the zone ") + Names(NamedKind.Zone, zone.Zones),
        ChannelIs channel => formats.Either([.. channel.Channels.Select(Of)]),
        Daypart part => formats.Pick(
            $"de {formats.Time(part.From)} à {formats.Time(part.Until)}",
            $"van {formats.Time(part.From)} tot {formats.Time(part.Until)} uur",
            $"from {formats.Time(part.From)} to {formats.Time(part.Until)}"),
        WeekdayIs weekday => formats.Pick("", "op ", "on ") + formats.Either([.. weekday.Days.Select(formats.Day)]),
        DateWithin dates => Dates(dates),
        SegmentIs segment => formats.Pick("pour les membres du groupe ", "voor leden van de groep ", "for members of the group ") + Names(NamedKind.Segment, segment.Segments),
        TierIs tier => formats.Pick("avec le statut ", "met de status ", "with the status ") + Names(NamedKind.Tier, tier.Tiers),
        FirstTimeOf first => First(first.Scope),
        JoinedWithin joined => formats.Pick(
            $"dans les {Lasting(joined.WithinHours)} qui suivent l’inscription",
            $"binnen {Lasting(joined.WithinHours)} na de inschrijving",
            $"within {Lasting(joined.WithinHours)} of joining"),
        SpendIs spend => Spend(spend),
        Contains contains => Contained(contains),
        _ => throw new UnreachableException($"No words for {condition.GetType().Name}."),
    };

    /// <summary>What follows "items": in French "articles", in Dutch "artikelen".</summary>
    public string Of(Goods goods)
    {
        List<string> parts = [];
        if (!goods.Skus.IsEmpty) parts.Add(formats.Pick("de référence ", "met artikelcode ", "with code ") + formats.Either([.. goods.Skus.Select(sku => formats.Quote(nameOf(NamedKind.Sku, sku)))]));
        if (!goods.Categories.IsEmpty) parts.Add(formats.Pick("de la catégorie ", "uit de categorie ", "in the category ") + Names(NamedKind.Category, goods.Categories));
        if (!goods.Families.IsEmpty) parts.Add(formats.Pick("de la famille ", "uit de familie ", "in the family ") + Names(NamedKind.Family, goods.Families));
        if (!goods.Labels.IsEmpty) parts.Add(formats.Pick("portant le label ", "met het label ", "labelled ") + Names(NamedKind.Label, goods.Labels));
        var picked = string.Join(' ', parts);
        return goods.Except is { } except ? $"{picked}, {formats.Pick("sauf ceux ", "behalve die ", "except those ")}{Of(except)}".TrimStart(',', ' ') : picked;
    }

    private string Inner(Condition condition) => condition is AllOf { Of.Length: > 1 } or AnyOf { Of.Length: > 1 } ? $"({Of(condition)})" : Of(condition);

    private string Stores(string stores) => formats.Pick($"aux magasins {stores}", $"in de winkels {stores}", $"at the {stores} stores");

    private string Of(Channel channel) => channel switch
    {
        Channel.Store => formats.Pick("en magasin", "in de winkel", "in store"),
        Channel.Web => formats.Pick("en ligne", "online", "online"),
        Channel.Drive => formats.Pick("au drive", "bij het afhaalpunt", "at the collection point"),
        Channel.App => formats.Pick("dans l’application", "in de app", "in the app"),
        _ => throw new UnreachableException($"No words for {channel}."),
    };

    /// <summary>The end of a range is exclusive; a sentence names the last day that counts.</summary>
    private string Dates(DateWithin dates) => dates switch
    {
        { From: { } from, Until: { } until } when from.AddDays(1) == until => formats.Pick($"le {formats.Date(from)}", $"op {formats.Date(from)}", $"on {formats.Date(from)}"),
        { From: { } from, Until: { } until } => formats.Pick(
            $"du {formats.Date(from)} au {formats.Date(until.AddDays(-1))} inclus",
            $"van {formats.Date(from)} tot en met {formats.Date(until.AddDays(-1))}",
            $"from {formats.Date(from)} to {formats.Date(until.AddDays(-1))} inclusive"),
        { From: { } from } => formats.Pick($"à partir du {formats.Date(from)}", $"vanaf {formats.Date(from)}", $"from {formats.Date(from)} on"),
        { Until: { } until } => formats.Pick(
            $"jusqu’au {formats.Date(until.AddDays(-1))} inclus",
            $"tot en met {formats.Date(until.AddDays(-1))}",
            $"up to {formats.Date(until.AddDays(-1))} inclusive"),
        _ => formats.Pick("à toute date", "op elke datum", "on any date"),
    };

    private string First(FirstTime scope) => scope switch
    {
        FirstTime.InStore => formats.Pick("la première fois dans ce magasin", "de eerste keer in deze winkel", "the first time in this store"),
        FirstTime.OfDay => formats.Pick("la première fois de la journée", "de eerste keer van de dag", "the first time of the day"),
        FirstTime.OfWeek => formats.Pick("la première fois de la semaine", "de eerste keer van de week", "the first time of the week"),
        FirstTime.OfMonth => formats.Pick("la première fois du mois", "de eerste keer van de maand", "the first time of the month"),
        _ => formats.Pick("la toute première fois", "de allereerste keer", "the very first time"),
    };

    /// <summary>Whole days from two days on; one of them is said in hours.</summary>
    private string Lasting(int hours) => hours % 24 == 0 && hours > 24
        ? formats.Count(hours / 24, ("jour", "jours"), ("dag", "dagen"), ("day", "days"))
        : formats.Count(hours, ("heure", "heures"), ("uur", "uur"), ("hour", "hours"));

    private string Spend(SpendIs spend) => spend switch
    {
        { AtLeast: { } least, Below: { } below } => formats.Pick(
            $"pour un achat de {formats.Money(least)} à moins de {formats.Money(below)}",
            $"voor een aankoop van {formats.Money(least)} tot minder dan {formats.Money(below)}",
            $"for a purchase of {formats.Money(least)} to less than {formats.Money(below)}"),
        { AtLeast: { } least } => formats.Pick($"dès {formats.Money(least)} d’achat", $"vanaf {formats.Money(least)} aankoop", $"for a purchase of at least {formats.Money(least)}"),
        { Below: { } below } => formats.Pick($"pour moins de {formats.Money(below)} d’achat", $"voor minder dan {formats.Money(below)} aankoop", $"for a purchase of less than {formats.Money(below)}"),
        _ => formats.Pick("pour tout achat", "voor elke aankoop", "for any purchase"),
    };

    private string Contained(Contains contains)
    {
        List<string> least = [];
        if (contains.Quantity is { } quantity) least.Add(formats.Count(quantity, ("article", "articles"), ("artikel", "artikelen"), ("item", "items")));
        if (contains.Spend is { } spend) least.Add(formats.Pick($"{formats.Money(spend)} d’articles", $"{formats.Money(spend)} aan artikelen", $"{formats.Money(spend)} of items"));
        var what = least.Count == 0
            ? formats.Pick("avec des articles", "met artikelen", "with items")
            : formats.Pick("avec au moins ", "met minstens ", "with at least ") + formats.Both(least);
        return $"{what} {Of(contains.Goods)}";
    }

    private string Names(NamedKind kind, ImmutableArray<string> ids) => formats.Either([.. ids.Select(id => formats.Quote(nameOf(kind, id)))]);
}
