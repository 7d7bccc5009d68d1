namespace Gamification.Api;

/// <summary>Reports a stretch of lines: those of one member in order, those of different members at the same time.</summary>
public sealed class EventStretch(EventDesk desk, ReceivingTime time, ILogger<EventStretch> log)
{
    private const int LineMax = 64 * 1024;
    private static readonly Problem TooLong = new(ProblemKind.TooLarge, "The line is longer than 64 KB.");

    internal async ValueTask<EventAnswer[]> Run(Caller caller, Programme programme, List<BatchLine> lines)
    {
        _ = caller;
        var receivedAt = await time.Of(programme);
        var answers = new EventAnswer[lines.Count];
        var accounts = new Dictionary<string, Task>(StringComparer.Ordinal);
        for (var i = 0; i < answers.Length; i++)
        {
            var (stated, problem) = lines[i].TooLong || lines[i].Bytes.Length > LineMax ? (null, TooLong) : StatedEvent.Read(lines[i].Bytes, programme);
            var account = stated?.Account ?? "";
            accounts[account] = PostAfter(accounts.GetValueOrDefault(account, Task.CompletedTask), i, stated, problem);
        }

        await Task.WhenAll(accounts.Values);
        return answers;

        async Task PostAfter(Task before, int line, StatedEvent? stated, Problem? problem)
        {
            await before;
            try
            {
                answers[line] = problem == TooLong ? TooLong : await desk.Post(programme, lines[line].Bytes, stated, problem, receivedAt);
            }
            catch (Exception fault)
            {
                var told = Faults.ToProblem(fault);
                if (Faults.IsOurs(told)) log.LogError(fault, "A line of a batch failed.");
                answers[line] = told;
            }
        }
    }
}
