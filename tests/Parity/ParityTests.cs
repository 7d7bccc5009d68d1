using System.Net;
using Gamification.Tests.Live;

namespace Gamification.Tests.Parity;

public sealed class ParityTests(ParityEngine engine) : ParityContract(engine), IClassFixture<ParityEngine>;

/// <summary>What matters to a user, through the public API, whichever host runs the actors and wherever its clients come in.</summary>
public abstract class ParityContract(ParityEngine engine)
{
    private const int Patience = 30;

    [Fact]
    public async Task A_receipt_counts_once_however_often_and_wherever_it_is_posted()
    {
        var sale = ParityEngine.Sale(12.90m, "once", engine.Number());
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => engine.Post(sale)));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(answers, answer => Assert.Equal(12, (long)answer.Answer["balance"]!));
    }

    [Fact]
    public async Task A_number_used_for_something_else_is_a_conflict_also_from_another_card()
    {
        var number = engine.Number();
        Assert.Equal(HttpStatusCode.Created, (await engine.Post(ParityEngine.Sale(10, "first", number))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await engine.Post(ParityEngine.Sale(11, "first", number))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await engine.Post(ParityEngine.Sale(10, "second", number))).Status);
    }

    [Fact]
    public async Task Points_come_with_sales_and_go_with_returns()
    {
        var number = engine.Number();
        Assert.Equal(40, (long)(await engine.Post(ParityEngine.Sale(40.99m, "points", number))).Answer["balance"]!);
        Assert.Equal(60, (long)(await engine.Post(ParityEngine.Sale(20, "points", engine.Number()))).Answer["balance"]!);
        var (status, back) = await engine.Post(ParityEngine.Return(40.99m, number, engine.Number()));
        Assert.Equal((HttpStatusCode.Created, -40), (status, (long)back["points"]!));
    }

    /// <summary>The till hands over and the member is credited, under a reminder that is stored before and taken back after.</summary>
    [Fact]
    public async Task A_forgotten_card_is_claimed_once()
    {
        var number = engine.Number();
        var (_, sale) = await engine.Post(ParityEngine.Sale(25, null, number));
        var (_, own) = await engine.Post(ParityEngine.Sale(10, "claimer", engine.Number()));
        var claim = $$"""{ "receipt": "BRU/3/2011-05-12/{{number}}", "code": "{{sale["claimCode"]}}" }""";

        for (var times = 0; times < 2 * engine.Doors.Count; times++)
        {
            var (status, answer) = await engine.Claim((string)own["member"]!, claim);
            Assert.Equal((times == 0 ? HttpStatusCode.Created : HttpStatusCode.OK, 35), (status, (long)answer["balance"]!));
        }
    }

    [Fact]
    public async Task A_board_is_a_sort_of_what_was_acknowledged_whichever_node_is_asked()
    {
        const string board = "store:GNT/all/points";
        var scores = Enumerable.Range(1, 40).Select(member => (Card: $"board-{member}", Points: (member * 37) % 101)).ToArray();
        Assert.Empty(await engine.Board(board));
        await Task.WhenAll(scores.Select(score => engine.Post(ParityEngine.Sale(score.Points, score.Card, engine.Number(), store: "GNT"))));
        await Task.WhenAll(scores.Select(score => engine.Post(ParityEngine.Sale(1, score.Card, engine.Number(), store: "GNT"))));

        var expected = scores.Select(score => score.Points + 1L).OrderDescending().ToArray();
        for (var door = 0; door < engine.Doors.Count; door++)
        {
            var asked = door;
            await Eventually.Holds(async () => (await engine.Board(board, asked)).Select(row => row.Score).SequenceEqual(expected));
        }
    }

    [Fact]
    public async Task A_viewer_of_any_node_sees_what_was_posted_to_every_node()
    {
        const string board = "board/store:LGE/all/receipts"; // short enough to be shown whole
        var hub = new UriBuilder(engine.Doors[^1]) { Scheme = "ws", Path = "/live" }.Uri;
        await using var client = await LiveClient.Connect(hub, engine.Screen);
        var model = new ClientModel();
        await client.Subscribe(board);
        model.Receive(await client.Next("snapshot"));
        var before = model.Rows.Sum(row => row.Score);

        for (var i = 0; i < 20; i++) await engine.Post(ParityEngine.Sale(3, $"live-{i % 5}", engine.Number(), store: "LGE"));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Patience));
        while (model.Rows.Sum(row => row.Score) < before + 20)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (model.Receive(await client.Next())) await client.Resnapshot(board);
        }

        Assert.Equal(before + 20, model.Rows.Sum(row => row.Score));
    }
}
