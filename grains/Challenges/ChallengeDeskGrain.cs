using System.Collections.Immutable;
using System.Text;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Challenges;

namespace Gamification.Challenges;

/// <summary>Documents in, runs out: reads, checks, and hands to the run that is meant.</summary>
[StatelessWorker, Reentrant]
internal sealed class ChallengeDeskGrain(ProgrammeCatalog programmes, BusinessClock clock, ChallengeTemplates? templates = null) : Grain, IChallengeDeskGrain
{
    private readonly ChallengeTemplates _templates = templates ?? ChallengeTemplates.None;

    private string Programme => this.GetPrimaryKeyString();

    public Task<ImmutableArray<ChallengeTemplate>> Templates() => Task.FromResult(_templates.All.Select(template => new ChallengeTemplate(
        template.Id,
        template.Name,
        template.Window.Until.DayNumber - template.Window.From.DayNumber,
        RunViews.WordsOf(template, programmes.Of(Programme)),
        template.By is StoreAgainstStore,
        ChallengeDocument.Write(template))).ToImmutableArray());

    public Task<ChallengeDeskAnswer> Check(string text)
    {
        var (challenge, errors) = ChallengeDocument.Read(Encoding.UTF8.GetBytes(text));
        return Task.FromResult(challenge is null ? Refused(errors) : Taken(challenge, ChallengeValidation.CheckStores(challenge, programmes.Of(Programme)), run: null));
    }

    public async Task<ChallengeDeskAnswer> Launch(ChallengeLaunch launch, string by, DateTimeOffset at)
    {
        if (_templates.Find(launch.Template) is not { } template) return Refused([new("/template", "unknown-template", $"Name one of {string.Join(", ", _templates.All.Select(one => one.Id))}.")]);
        if (template.By is StoreAgainstStore && launch.Stores.Length < 2) return Refused([new("/stores", "no-contest", "Name two stores or more: they compete.")]);
        var (challenge, errors) = Launching.From(template, new(launch.Id ?? launch.Template, launch.From, launch.Days, launch.Stores));
        if (challenge is null) return Refused(errors);
        errors = ChallengeValidation.CheckStores(challenge, programmes.Of(Programme));
        var answer = errors.IsEmpty ? await Put(challenge, by, at, launch.Schedules) : Refused(errors);
        return answer with { Errors = [.. answer.Errors.Select(error => error with { Field = AsLaunched(error.Field) }).DistinctBy(error => error.Field)] };
    }

    /// <summary>Who launches a template has not written its document: errors name what was sent.</summary>
    private static string AsLaunched(string field) => field
        .Replace("/audience/stores", "/stores", StringComparison.Ordinal).Replace("/by/stores", "/stores", StringComparison.Ordinal)
        .Replace("/window/from", "/from", StringComparison.Ordinal).Replace("/window/until", "/days", StringComparison.Ordinal);

    public async Task<ChallengeDeskAnswer> Save(string challenge, string text, Wording? reason, string by, DateTimeOffset at)
    {
        var (read, errors) = ChallengeDocument.Read(Encoding.UTF8.GetBytes(text));
        if (read is null) return Refused([.. errors.Select(error => error with { Field = $"/challenge{error.Field}" })]);
        if (read.Id != challenge) return Refused([new("/challenge/id", "another-challenge", $"Write '{challenge}', or send it to the address of '{read.Id}'.")]);
        var answer = await Put(read, by, at, schedules: false, reason);
        return answer with { Errors = [.. answer.Errors.Select(error => error.Field == "/reason" ? error : error with { Field = $"/challenge{error.Field}" })] };
    }

    private async Task<ChallengeDeskAnswer> Put(Challenge challenge, string by, DateTimeOffset at, bool schedules, Wording? reason = null)
    {
        if (await Objections(challenge, by, at, schedules) is { IsEmpty: false } objections) return Refused(objections);
        if (await List.Begin(challenge.Id) is not { } number)
            return Refused([new("", "too-many-runs", FormattableString.Invariant($"{RunList.OpenMax} runs are open: let some come to their end first."))]);
        var id = new ChallengeRunId(Programme, challenge.Id, number);
        var run = GrainFactory.GetGrain<IChallengeGrain>(id.ToString());
        var errors = await run.Change(challenge, reason, by, at);
        if (errors.IsEmpty && schedules) errors = await run.Schedule(by, at);
        return Taken(challenge, errors, id);
    }

    /// <summary>Asked before a run begins, so that what is refused leaves none behind, and no draft of what was to be scheduled.</summary>
    private async Task<ImmutableArray<DocumentError>> Objections(Challenge challenge, string by, DateTimeOffset at, bool schedules)
    {
        var errors = ChallengeValidation.CheckBadges(challenge, programmes.SchemeOf(Programme).Recognition);
        if (!errors.IsEmpty || !schedules || await IsScheduled(challenge.Id, at)) return errors;
        var now = (clock.Now(Programme) ?? at).ToUnixTimeMilliseconds();
        return Running.Schedule(ChallengeRun.Empty with { Challenge = challenge }, programmes.Of(Programme), [], by, now).Answer;
    }

    private async Task<bool> IsScheduled(string challenge, DateTimeOffset at)
    {
        var open = (await List.View()).Open.Where(run => run.Challenge == challenge).ToArray();
        return open is [var run, ..] && (await GrainFactory.GetGrain<IChallengeGrain>(run.ToString()).View(at)).Phase != ChallengePhase.Draft;
    }

    private IChallengeListGrain List => GrainFactory.GetGrain<IChallengeListGrain>(Programme);

    private ChallengeDeskAnswer Taken(Challenge challenge, ImmutableArray<DocumentError> errors, ChallengeRunId? run) =>
        errors.IsEmpty ? new([], Warnings(challenge), RunViews.WordsOf(challenge, programmes.Of(Programme)), run) : Refused(errors);

    /// <summary>A reward that the catalogue does not have stays owed to whoever wins it until it does.</summary>
    private ImmutableArray<DocumentError> Warnings(Challenge challenge)
    {
        var known = programmes.RewardsOf(Programme)?.Rewards.Select(reward => reward.Id).ToHashSet() ?? [];
        return
        [
            .. ChallengeLint.Check(challenge),
            .. challenge.Names.Where(name => name.Kind == NamedKind.Reward && !known.Contains(name.Id))
                .Select(name => new DocumentError("/names", "not-in-the-catalogue", $"Add '{name.Id}' to the rewards: until then whoever wins it is owed it.")),
        ];
    }

    private static ChallengeDeskAnswer Refused(ImmutableArray<DocumentError> errors) => new(errors, [], null);
}
