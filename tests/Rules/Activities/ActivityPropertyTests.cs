using Gamification.Activities;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules;

namespace Gamification.Tests.Rules.Activities;

/// <summary>A member's life of posts, visits, removals and returns in any order, with sales between, against the plain meaning of it.</summary>
public sealed class ActivityPropertyTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("ACTIVITY", 300);

    private static readonly MemberId[] Actors = [new(new Guid(3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3)), new(new Guid(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4))];

    [Fact]
    public void What_stands_is_worth_what_it_was_granted_whatever_went_and_came_back()
    {
        Seeds.Each(Live);

        output.WriteLine($"{Seeds}");
    }

    private static void Live(int seed)
    {
        var random = new Random(seed);
        var settings = Events.Programme;
        var account = Events.Account(settings);
        var thorough = new PureAccount(settings) { Scheme = account.Scheme, ReadsEverything = true };
        var oracle = new Oracle();
        for (var step = 0; step < 60; step++)
        {
            if (random.Next(4) == 0) account.At = thorough.At = account.At.AddHours(random.Next(1, 150));
            if (random.Next(6) == 0) account.Restart();
            if (random.Next(5) == 0) Sell(step);
            else if (random.Next(5) < 3) Report(step);
            else Revise(step);
            Assert.Equal(Bytes(thorough), Bytes(account));
        }

        var sold = account.Entries.OfType<ReceiptPosted>().Sum(posted => posted.Points);
        Assert.Equal(sold + oracle.Worth(), account.State.Lifetime);
        Assert.Empty(AccountProof.FaultsIn(account.Entries, account.State));
        foreach (var type in new[] { EarningEvent.Post, EarningEvent.Comment, EarningEvent.Visit, EarningEvent.Welcome })
            Assert.Equal(oracle.Standing(type), account.State.Activities?.Counts.Where(count => count.Day == 0 && count.Type == type).Sum(count => count.Times) ?? 0);
        var refolded = PureAccount.Fold(account.Entries);
        Assert.Equal(AccountEntryJson.WriteState(refolded), AccountEntryJson.WriteState(account.State));

        void Sell(int step)
        {
            var sale = Receipts.Sale($"{step}", random.Next(1, 50)).At(account.At);
            account.Post(sale);
            thorough.Post(sale);
        }

        void Report(int step)
        {
            var type = new[] { EarningEvent.Post, EarningEvent.Comment, EarningEvent.Visit, EarningEvent.Welcome }[random.Next(4)];
            var late = random.Next(4) == 0 ? TimeSpan.FromHours(-random.Next(1_500)) : TimeSpan.Zero;
            var paired = type == EarningEvent.Welcome || random.Next(4) == 0;
            var activity = Events.Of(type, $"{random.Next(12)}.{step}", account.At + late, type == EarningEvent.Visit ? "BRU" : null,
                paired ? $"t{random.Next(3)}" : null, paired ? Actors[random.Next(2)] : null);

            // A removal may have come first: those of the steps ahead name events that are still to come.
            if (random.Next(5) == 0) Tell(Events.Removal(activity.Key.Id) with { Key = new("//test", $"early-{step}"), OccurredAt = activity.OccurredAt.AddMinutes(random.Next(1, 60)) });
            var preview = account.Preview(activity);
            var entries = account.Report(activity);
            thorough.Report(activity);
            Assert.Equal((preview.Points, preview.Treatment), (entries[0].Points, ((ActivityPosted)entries[0]).Treatment));
            oracle.Posted((ActivityPosted)entries[0]);
        }

        void Revise(int step)
        {
            if (oracle.Events.Count == 0) return;
            var original = oracle.Events[random.Next(oracle.Events.Count)];
            var word = random.Next(2) == 0 ? Events.Removal(original.Id) : Events.Restoration(original.Id);
            Tell(word with { Key = new("//test", $"word-{step}"), OccurredAt = account.At.AddMinutes(random.Next(-10_000, 1)) });
        }

        void Tell(ActivityRevision revision)
        {
            account.Revise(revision);
            thorough.Revise(revision);
            oracle.Told(revision);
        }
    }

    private static string Bytes(PureAccount account) =>
        System.Text.Encoding.UTF8.GetString(AccountEntryJson.WriteState(account.State)) + string.Join('\n', account.Entries.Skip(account.Entries.Count - 2).Select(Written));

    private static string Written(AccountEntry entry)
    {
        var written = AccountEntryJson.Write(entry);
        var again = AccountEntryJson.Write(AccountEntryJson.Read(new() { Actor = default, Version = 1, Partition = 0, Seq = 1, Type = written.Type, Payload = written.Payload, RecordedAt = Receipts.Noon })!);
        Assert.Equal(written.Payload.ToArray(), again.Payload.ToArray());
        return System.Text.Encoding.UTF8.GetString(written.Payload.Span);
    }

    /// <summary>Each event stands as the latest word on it says; each pair stands while one of its events does.</summary>
    private sealed class Oracle
    {
        private readonly List<ActivityRevision> _words = [];
        private readonly Dictionary<ActivityKey, (ActivityPosted First, List<ActivityKey> Events)> _awards = [];

        public List<ActivityKey> Events { get; } = [];

        public void Posted(ActivityPosted posted)
        {
            Events.Add(posted.Activity.Key);
            if (posted.Award is { } first) _awards[first].Events.Add(posted.Activity.Key);
            else _awards.Add(posted.Activity.Key, (posted, [posted.Activity.Key]));
        }

        public void Told(ActivityRevision word) => _words.Add(word);

        public long Worth() => Awards().Sum(posted => posted.Points);

        public int Standing(EarningEvent type) => Awards().Count(posted => posted.Activity.Type == type);

        private IEnumerable<ActivityPosted> Awards() => _awards.Values.Where(award => award.Events.Any(Stands)).Select(award => award.First);

        private bool Stands(ActivityKey activity) =>
            _words.Where(word => word.Original == activity).Aggregate((At: DateTimeOffset.MinValue, Stands: true), (now, word) => word.OccurredAt >= now.At ? (word.OccurredAt, !word.Removes) : now).Stands;
    }
}
