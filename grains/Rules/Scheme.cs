using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Impacts;
using Gamification.Ledger;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Badges;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;
using Gamification.Rules.Measures;
using Gamification.Rules.Recognition;
using Gamification.Rules.Tiers;
using Gamification.Statements;

namespace Gamification.Rules;

/// <summary>
/// By what a programme's members earn and keep what they earned, prepared once: the rules, the goods they speak of, and the terms of each unit.
/// Immutable; one serves all threads.
/// </summary>
public sealed class Scheme
{
    private readonly ImmutableArray<RuleWords> _words;
    private readonly FrozenSet<EarningEvent> _rewarded;

    /// <param name="settings">Those of a programme; its document has passed <see cref="EarningValidation"/>.</param>
    /// <param name="goods">The catalogue.</param>
    /// <param name="isChecked">Whether the rules that are in force with these other parts are known to fit them; those of other times need not.</param>
    /// <param name="impact">By which boards of impact count; null where no document states any.</param>
    /// <exception cref="ArgumentException">The document asks for what the engine does not keep: <see cref="SchemeChecks.Complaint"/>.</exception>
    public Scheme(ProgrammeSettings settings, Catalogue goods, bool isChecked = false, ImpactFactors? impact = null)
    {
        if (!isChecked && settings.Earning is { } stated && SchemeChecks.Complaint(stated, settings.Recognition) is { } complaint) throw new ArgumentException(complaint, nameof(settings));
        var rules = settings.Earning ?? EarningRules.OnePointAUnit(Currency.MinorPerUnit(settings.Currency));
        var calendar = LedgerCalendar.In(settings.TimeZone);
        IsStated = settings.Earning is not null;
        NetSpend = settings.NetSpend;
        Book = new(rules, goods);
        Waiting = new(settings.Ledger, rules);
        Goods = goods;
        Points = TermsOf(Unit.Points, settings.Ledger.Points, calendar);
        Units = settings.Ledger.Status is { } status ? [Points, TermsOf(Unit.Status, status, calendar) with { IsTraced = false, DebtMax = 0 }] : [Points];
        MemberQuestions[] questions = [.. rules.Rules.Select(rule => MemberQuestions.AskedBy(rule.When))];
        AsksFirsts = questions.Any(asked => asked.Firsts != FirstTime.None);
        AsksJoining = questions.Any(asked => asked.Joining);
        if (settings.Earning is not null && (settings.Recognition ?? RuleRewards.Alone(rules)) is { } recognition)
            Recognition = new(RuleRewards.Named(recognition, rules), calendar, settings.TimeZone, settings.Currency);
        Measures = MeasureRules.Of(settings, this, impact);
        HasCaps = rules.Rules.Any(rule => rule.Cap is not null);
        _rewarded = rules.Rules.SelectMany(rule => rule.On).ToFrozenSet();
        Campaigns = rules.Campaigns.ToFrozenDictionary(campaign => campaign.Id, StringComparer.Ordinal);
        _words = [.. Enum.GetValues<Language>().Select(language => new RuleWords(language, rules, settings))];
    }

    /// <summary>False for a programme without a document. Its new accounts keep no ledger, and those that have one are rated one point a unit.</summary>
    public bool IsStated { get; }

    public RuleBook Book { get; }

    public Catalogue Goods { get; }

    /// <summary>How points wait before they can be spent.</summary>
    internal Waiting Waiting { get; }

    public UnitTerms Points { get; }

    /// <summary>Points first; an award is posted to each.</summary>
    public ImmutableArray<UnitTerms> Units { get; }

    /// <summary>Whether a rule asks if an event is a member's first.</summary>
    public bool AsksFirsts { get; }

    /// <summary>Whether a rule asks when a member joined.</summary>
    public bool AsksJoining { get; }

    public bool HasCaps { get; }

    public bool HasCampaigns => Campaigns.Count > 0;

    private FrozenDictionary<string, Campaign> Campaigns { get; }

    /// <summary>How members are recognised beside points; null for not at all.</summary>
    public RecognitionBook? Recognition { get; }

    /// <summary>What boards count besides points, sales and spend; null for nothing.</summary>
    public MeasureRules? Measures { get; }

    private NetSpendSettings NetSpend { get; }

    /// <summary>What a sale earns, by the versions in force when it occurred.</summary>
    public Earned Rate(Receipt sale, MemberFacts member, Grants grants, EarningDetail detail = EarningDetail.Award) =>
        Book.Evaluate(EventFacts.Of(sale), Basket.Of(sale, NetSpend), member, grants, detail);

    public Campaign? FindCampaign(string id) => Campaigns.GetValueOrDefault(id);

    /// <summary>Whether the document still has the campaign, and points of it are limited.</summary>
    public bool HasBudget(string campaign) => Campaigns.TryGetValue(campaign, out var known) && known.Budget is not null;

    /// <summary>What rating this sale would take of campaigns, given what is left of some; empty when it concerns none.</summary>
    public ImmutableArray<CampaignUse> Wants(Receipt sale, MemberFacts member, Grants grants) => Book.Wants(EventFacts.Of(sale), Basket.Of(sale, NetSpend), member, grants);

    /// <summary>The same for an event that is no sale.</summary>
    public ImmutableArray<CampaignUse> Wants(EventFacts activity, MemberFacts member, Grants grants) => Book.Wants(activity, Basket.Empty, member, grants);

    public bool MayDraw(EventFacts facts) => HasCampaigns && Book.MayDraw(facts);

    /// <summary>Whether a rule rewards such events, or a badge or streak counts them.</summary>
    public bool Rewards(EarningEvent type) => _rewarded.Contains(type) || (Recognition is { } book && (!book.BadgesOn(type).IsEmpty || !book.StreaksOn(type).IsEmpty));

    /// <summary>What an event that is no sale earns, by the versions in force when it occurred.</summary>
    public Earned Rate(EventFacts activity, MemberFacts member, Grants grants, EarningDetail detail = EarningDetail.Award) =>
        Book.Evaluate(activity, Basket.Empty, member, grants, detail);

    /// <summary>
    /// What stands of a sale's recorded award once all this has come back. A sale decided by a version that the document no longer holds is
    /// rated in proportion to its money, so that no return waits for an operator.
    /// </summary>
    public Earned Standing(Earned recorded, Receipt sale, ReadOnlySpan<BroughtBack> back)
    {
        if (back.IsEmpty) return recorded;
        var sold = Basket.Of(sale, NetSpend);
        var left = sold.Less(back);
        foreach (var applied in recorded.Applied)
        {
            if (Book.Find(applied.Rule) is not null) continue;
            return Earned.Nothing with { Points = left.Spend == 0 ? 0 : (long)((Int128)recorded.Points * left.Spend / sold.Spend) };
        }

        return Book.Rerate(recorded, EventFacts.Of(sale), sold, left, Waiting.ByGoods ? EarningDetail.Lines : EarningDetail.Award);
    }

    /// <summary>
    /// What recognition counts of a sale once all this has come back. The same before and after a return, so
    /// that what comes back takes exactly what had come.
    /// </summary>
    /// <param name="sale">The sale.</param>
    /// <param name="earned">What rules decided of all of it.</param>
    /// <param name="points">What stands of its award.</param>
    /// <param name="back">What came back.</param>
    /// <param name="stands">What then stands of the award, where that was rated; null to have it rated.</param>
    public Activity ActivityOf(Receipt sale, Earned? earned, long points, ImmutableArray<BroughtBack> back, Earned? stands = null)
    {
        var left = Basket.Of(sale, NetSpend);
        if (!back.IsEmpty) left = left.Less(back.AsSpan());
        var items = 0m;
        if (Recognition is { CountsItems: true })
        {
            foreach (ref readonly var line in left.Lines) items += line.Quantity;
        }

        return new()
        {
            Type = EarningEvent.Sale,
            Date = sale.Key.BusinessDate,
            OccurredAt = sale.OccurredAt,
            Store = sale.Key.Store,
            Spend = left.Spend,
            Items = decimal.Floor(items),
            Points = points,
            Effects = earned is null or { Effects.IsEmpty: true } ? [] : left.Spend == 0 ? [] : (stands ?? Standing(earned, sale, back.AsSpan())).Effects,
        };
    }

    /// <summary>What recognition counts of an event that is no receipt.</summary>
    public static Activity ActivityOf(ReportedActivity activity, Earned? earned, long points) => new()
    {
        Type = activity.Type,
        Date = activity.BusinessDate,
        OccurredAt = activity.OccurredAt,
        IsAtHome = activity.Store is null,
        Store = activity.Store,
        Points = points,
        Effects = earned?.Effects ?? [],
    };

    /// <summary>The tier that multiplies now: of what was recorded, at an instant; null for none.</summary>
    public string? TierOf(AccountState state, DateTimeOffset at) => Recognition is { Rules.Tiers: { } ladder } book && state.Recognition is { Tier: { } standing }
        ? TierRulings.At(standing, ladder, book.DayOf(at))?.Id
        : null;

    /// <summary>Each applied rule as a sentence, in the order of the award. A version that the document no longer holds has its points alone.</summary>
    public ImmutableArray<AwardSentence> Why(Earned? earned) => earned is null
        ? []
        : [.. earned.Applied.Select(applied => new AwardSentence(applied.Rule, applied.Points, Say(Language.Fr, applied), Say(Language.Nl, applied), Say(Language.En, applied)))];

    /// <summary>The same with what caps had left, for an explanation.</summary>
    public ImmutableArray<AppliedWhy> Applied(ImmutableArray<AppliedRule> applied) =>
        [.. applied.Select(rule => new AppliedWhy(rule.Rule, rule.Points, rule.Granted, rule.Outdone, new(Say(Language.Fr, rule), Say(Language.Nl, rule), Say(Language.En, rule))))];

    /// <summary>Each rule that did not count: what it says, and why it did not.</summary>
    public ImmutableArray<MissedWhy> Missed(ImmutableArray<WhyNot> missed) => [.. missed.Select(why => new MissedWhy(
        why.Rule,
        why.Reason,
        Book.Find(why.Rule) is { } rule ? Each(words => words.Of(rule)) : new("", "", ""),
        Each(words => words.Of(why))))];

    private Sentence Each(Func<RuleWords, string> say) => new(say(_words[(int)Language.Fr]), say(_words[(int)Language.Nl]), say(_words[(int)Language.En]));

    private string Say(Language language, AppliedRule applied)
    {
        var words = _words[(int)language];
        return Book.Find(applied.Rule) is { } rule ? words.Of(applied, rule) : $"{words.Points(applied.Points)}.";
    }

    private static UnitTerms TermsOf(Unit unit, UnitSettings settings, LedgerCalendar calendar) => new()
    {
        Unit = unit,
        Calendar = calendar,
        Expiry = new(settings.Expiry.Kind, settings.Expiry.Count),
        PendingDays = settings.PendingDays,
        DebtMax = settings.DebtMax,
        DebtIssuanceShare = settings.DebtIssuanceShare,
        DebtShare = settings.DebtShare,
        ForgivenAfter = settings.ForgivenAfterDays,
        Grace = TimeSpan.FromHours(settings.GraceHours),
    };
}
