using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Live;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Gamification.Tests.Live;

/// <summary>
/// What a viewer shows is never a mixture, and in the end it is the board, whatever the network does on the way: messages and wishes for
/// snapshots are lost, late, repeated and out of order, the server skips views, boards are activated anew and windows end.
/// </summary>
public sealed class ConvergenceTests
{
    private static readonly DateTimeOffset Start = new(2011, 5, 12, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_viewer_ends_at_the_boards_last_view()
    {
        for (var seed = 1; seed <= 2_000; seed++)
        {
            try
            {
                Run(new Random(seed));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Seed {seed}: {fault.Message}", fault);
            }
        }
    }

    private static void Run(Random chance)
    {
        var board = new History(chance);
        var viewer = new ClientModel();
        List<WireMessage> onTheWay = [];
        Cursor? sent = null;
        var healed = false;

        for (var step = 0; step < 200; step++)
        {
            if (chance.Next(3) == 0) board.Publish();
            if (chance.Next(2) == 0) Pump();
            while (onTheWay.Count > 0 && chance.Next(3) > 0) Arrive();
        }

        // The network heals. A silent viewer asks now and then, which is what finds a last message that was lost.
        healed = true;
        while (onTheWay.Count > 0) Arrive();
        for (var ask = 0; ask < 3; ask++)
        {
            sent = null;
            do
            {
                Pump();
                while (onTheWay.Count > 0) Arrive();
            }
            while (sent is null);
        }

        Assert.Equal((board.Edition.Newest.StreamId, board.Edition.Newest.Version), (viewer.StreamId, viewer.Version));
        board.Holds(viewer);

        void Pump()
        {
            if (board.Edition.Next(sent) is not { } push) return;
            sent = push.Cursor;
            var message = Read(push);
            if (healed || chance.Next(10) > 0) onTheWay.Add(message);
            if (chance.Next(10) == 0) onTheWay.Add(message);
        }

        void Arrive()
        {
            var at = !healed && chance.Next(4) == 0 ? chance.Next(onTheWay.Count) : 0;
            var message = onTheWay[at];
            onTheWay.RemoveAt(at);
            if (viewer.Receive(message) && (healed || chance.Next(4) > 0)) sent = null;
            board.Holds(viewer);
        }
    }

    /// <summary>Through the bytes, as a client has it.</summary>
    private static WireMessage Read(Push push)
    {
        var call = (InvocationMessage)push.Message.Message!;
        return WireMessage.Parse(JsonSerializer.SerializeToElement(call.Arguments[0], JsonSerializerOptions.Web));
    }

    /// <summary>A board that changes, and everything it ever showed.</summary>
    private sealed class History
    {
        private readonly Random _chance;
        private readonly Dictionary<(string Stream, long Version), BoardSnapshot> _shown = [];
        private readonly Dictionary<int, long> _scores = [];
        private int _stream = 1;
        private int _views;

        public History(Random chance)
        {
            _chance = chance;
            Edition = new(Compose(version: 1), arrivedAt: 0);
        }

        public BoardEdition Edition { get; private set; }

        public void Publish()
        {
            var version = Edition.Newest.Version + 1 + _chance.Next(3);
            if (_chance.Next(25) == 0)
            {
                (_stream, version) = (_stream + 1, 1);
                if (_chance.Next(2) == 0) _scores.Clear();
            }

            for (var change = _chance.Next(4); change > 0; change--) _scores[_chance.Next(12)] = _chance.Next(6);
            Edition = Edition.Then(Compose(version), arrivedAt: 0, pastMax: 4);
        }

        /// <summary>What is shown was shown exactly so by the board at that version of that stream.</summary>
        public void Holds(ClientModel viewer)
        {
            if (viewer.StreamId is null) return;
            var truth = _shown[(viewer.StreamId, viewer.Version)];
            Assert.Equal(truth.Size, viewer.Size);
            Assert.Equal(truth.AsOf, viewer.AsOf);
            Assert.Equal(truth.Rows.Select(row => (row.Id, row.Place, row.Score)), viewer.Rows.Select(row => (row.Id, row.Place, row.Score)));
        }

        private BoardSnapshot Compose(long version)
        {
            var ranked = _scores.Where(entry => entry.Value > 0).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).ToArray();
            var rows = ranked.Take(5).Select((entry, at) => new RowMessage($"m{entry.Key}", "", at + 1, at + 1, 0, entry.Value, Start, at == 0 ? null : "score"));
            var view = new BoardSnapshot(
                "board/programme/week/points", $"stream-{_stream}", version, Start.AddSeconds(_views++),
                new("week", "2011-W19", null, null), "standard", ranked.Length, rows.ToImmutableArray());
            _shown.Add((view.StreamId, version), view);
            return view;
        }
    }
}
