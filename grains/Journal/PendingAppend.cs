using System.Threading.Tasks.Sources;

namespace Gamification.Journal;

/// <summary>An append on its way, and the promise its caller waits for. Answering never runs the caller inside the writer's turn.</summary>
internal sealed class PendingAppend(Append append) : IValueTaskSource<AppendOutcome>
{
    private ManualResetValueTaskSourceCore<AppendOutcome> _answer = new() { RunContinuationsAsynchronously = true };

    public Append Append { get; } = append;

    public ValueTask<AppendOutcome> Outcome => new(this, _answer.Version);

    public void Answer(AppendOutcome outcome) => _answer.SetResult(outcome);

    public void Fail(Exception fault) => _answer.SetException(fault);

    AppendOutcome IValueTaskSource<AppendOutcome>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<AppendOutcome>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<AppendOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);
}
