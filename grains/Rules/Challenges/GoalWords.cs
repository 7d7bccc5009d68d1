using System.Collections.Immutable;
using System.Diagnostics;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Challenges;

/// <summary>A goal as a phrase that can follow a colon.</summary>
internal sealed class GoalWords(Formats formats, ConditionWords conditions)
{
    private readonly EventWords _events = new(formats);

    public string Of(ChallengeGoal goal)
    {
        var target = formats.Number(GoalParts.TargetOf(goal));
        return goal switch
        {
            CountGoal { Target: 1 } once => Of(once.Of),
            CountGoal count => formats.Pick($"{Of(count.Of)}, {target} fois", $"{Of(count.Of)}, {target} keer", $"{Of(count.Of)}, {target} times"),
            SumGoal { What: SumOf.Items } items => formats.Count(items.Target, ("article acheté", "articles achetés"), ("gekocht artikel", "gekochte artikelen"), ("item bought", "items bought")) + Sold(items.Of),
            SumGoal spend => formats.Pick($"{formats.Money(spend.Target)} d’achats", $"voor {formats.Money(spend.Target)} aankopen", $"{formats.Money(spend.Target)} of purchases") + Sold(spend.Of),
            DistinctGoal distinct => Of(distinct),
            InSequence sequence => formats.Pick("dans cet ordre", "in deze volgorde", "in this order") + Colon
                + string.Join(formats.Pick(", puis ", ", dan ", ", then "), sequence.Steps.Select(Of)),
            RunOf run => Of(run),
            SomeOf some when some.Target == some.Goals.Length => List(some),
            SomeOf some => formats.Pick($"{target} défis parmi ceux-ci", $"{target} van deze opdrachten", $"{target} of these") + Colon + List(some),
            _ => throw new UnreachableException($"No words for {goal.GetType().Name}."),
        };
    }

    /// <summary>What is left, in the unit of the goal: "2 jours", "3,50 €".</summary>
    public string Left(ChallengeGoal goal, long left) => goal switch
    {
        SumGoal { What: SumOf.Spend } => formats.Money(left),
        SumGoal => formats.Count(left, ("article", "articles"), ("artikel", "artikelen"), ("item", "items")),
        RunOf { Per: RunPer.Week } => formats.Count(left, ("semaine", "semaines"), ("week", "weken"), ("week", "weeks")),
        RunOf or DistinctGoal { What: DistinctOf.Days } => formats.Count(left, ("jour", "jours"), ("dag", "dagen"), ("day", "days")),
        DistinctGoal { What: DistinctOf.Stores } => formats.Count(left, ("magasin", "magasins"), ("winkel", "winkels"), ("store", "stores")),
        DistinctGoal { What: DistinctOf.Skus } => formats.Count(left, ("article", "articles"), ("artikel", "artikelen"), ("item", "items")),
        DistinctGoal { What: DistinctOf.Categories } => formats.Count(left, ("catégorie", "catégories"), ("categorie", "categorieën"), ("category", "categories")),
        InSequence => formats.Count(left, ("étape", "étapes"), ("stap", "stappen"), ("step", "steps")),
        _ => formats.Number(left),
    };

    private string Colon => formats.Pick("\u00A0: ", ": ", ": ");

    private string List(SomeOf some) => string.Join(formats.Pick("\u00A0; ", "; ", "; "), some.Goals.Select(Of));

    private string Of(DistinctGoal distinct)
    {
        var (what, target) = (Of(distinct.Of), formats.Number(distinct.Target));
        return distinct.What switch
        {
            DistinctOf.Days => formats.Pick($"{what}, {target} jours différents", $"{what}, op {target} verschillende dagen", $"{what}, on {target} different days"),
            DistinctOf.Stores => formats.Pick($"{what}, dans {target} magasins différents", $"{what}, in {target} verschillende winkels", $"{what}, in {target} different stores"),
            DistinctOf.Skus => formats.Pick($"{target} articles différents achetés", $"{target} verschillende artikelen gekocht", $"{target} different items bought") + Sold(distinct.Of),
            DistinctOf.Categories => formats.Pick($"des achats dans {target} catégories différentes", $"aankopen uit {target} verschillende categorieën", $"purchases from {target} different categories") + Sold(distinct.Of),
            _ => formats.Pick($"{what}, sur {target} sujets différents", $"{what}, over {target} verschillende onderwerpen", $"{what}, on {target} different subjects"),
        };
    }

    private string Of(RunOf run)
    {
        var (what, times) = (Of(run.Of), formats.Number(run.Times));
        if (run.Per == RunPer.Day) return formats.Pick($"{what}, {run.Target} jours de suite", $"{what}, {run.Target} dagen na elkaar", $"{what}, {run.Target} days in a row");
        var weeks = formats.Pick($"{run.Target} semaines de suite", $"{run.Target} weken na elkaar", $"{run.Target} weeks in a row");
        return run.Times == 1 ? $"{what}, {weeks}"
            : formats.Pick($"{what}, {times} jours différents par semaine, {weeks}", $"{what}, op {times} verschillende dagen per week, {weeks}", $"{what}, on {times} different days a week, {weeks}");
    }

    private string Of(Deeds deeds) => formats.Either([.. deeds.On.Select(one => _events.Thing(one) + (one == EarningEvent.Sale ? Least(deeds) : ""))]) + About(deeds.Subjects);

    private string Least(Deeds deeds)
    {
        var goods = deeds.Goods is { } picked ? formats.Pick(" avec des articles ", " met artikelen ", " with items ") + conditions.Of(picked) : "";
        return goods + From(deeds.MinSpend);
    }

    private string Sold(Deeds deeds) => (deeds.Goods is { } goods ? " " + conditions.Of(goods) : "") + From(deeds.MinSpend);

    private string From(long minSpend) => minSpend == 0 ? "" : formats.Pick($" (dès {formats.Money(minSpend)})", $" (vanaf {formats.Money(minSpend)})", $" (from {formats.Money(minSpend)})");

    private string About(ImmutableArray<string> subjects) =>
        subjects.IsEmpty ? "" : formats.Pick(" sur ", " over ", " about ") + formats.Either([.. subjects.Select(formats.Quote)]);
}
