using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Gamification.Api;

/// <summary>
/// Many receipts or events in one request, NDJSON in and out: each line is answered in order as if it had been posted alone, and a bad one is refused alone.
/// Read and answered in stretches, so that memory stays bounded however long the batch is.
/// </summary>
internal sealed class BatchEndpoint(ProgrammeDirectory programmes, EdgeOptions options, ReceivingTime time, TimeProvider clock)
{
    private const string ContentType = "application/x-ndjson";
    private const int StretchMax = 256;

    private delegate ValueTask<TAnswer[]> Stretch<TAnswer>(Caller caller, Programme programme, List<BatchLine> lines);

    /// <summary>
    /// Many clients read nothing before they have sent everything, and would wait for us for ever if we waited for them. So answers are held until
    /// the body is read, unless they grow beyond what anybody may make us hold.
    /// </summary>
    private const int HeldMax = 16 * 1024 * 1024;

    private static readonly Problem TooMany = new(ProblemKind.Unavailable, "This server is reading as many batches as it can.") { RetryAfter = TimeSpan.FromSeconds(2) };

    private int _running;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoint = ActivatorUtilities.CreateInstance<BatchEndpoint>(routes.ServiceProvider);
        var receipts = routes.ServiceProvider.GetRequiredService<BatchStretch>();
        var events = routes.ServiceProvider.GetRequiredService<EventStretch>();
        routes.MapPost("/v1/receipts/batch", door.For(Operation.PostReceipts, Lane.Tills, (context, caller) => endpoint.Post(context, caller, receipts.Run))).WithMetadata(ReceiptDocs.Batch);
        routes.MapPost("/v1/events/batch", door.For(Operation.ReportEvents, Lane.Others, (context, caller) => endpoint.Post(context, caller, events.Run))).WithMetadata(EventDocs.Batch);
    }

    private async ValueTask Post<TAnswer>(HttpContext context, Caller caller, Stretch<TAnswer> run)
        where TAnswer : ILineAnswer
    {
        try
        {
            if (Interlocked.Increment(ref _running) > options.BatchesMax) ProblemJson.Answer(context, TooMany);
            else if (!Body.IsOfType(context.Request.ContentType, ContentType)) ProblemJson.Answer(context, new(ProblemKind.UnsupportedMediaType, $"Send a batch as {ContentType}."));
            else if (context.Request.ContentLength > BatchLines.BodyMax) ProblemJson.Answer(context, new(ProblemKind.TooLarge, "A batch is at most 16 MB."));
            else await Run(context, caller, run);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async ValueTask Run<TAnswer>(HttpContext context, Caller caller, Stretch<TAnswer> run)
        where TAnswer : ILineAnswer
    {
        // The server's own limit would cut the connection; a batch that grows too long while it is read is told so in its last line.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = 2 * BatchLines.BodyMax;

        // And its least rate would cut it as well, where the lines tell a slow sender.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        var programme = await programmes.Of(caller);
        await time.Of(programme); // A sandbox without a time says so before the first line is answered.
        var lines = new BatchLines(context.Request.BodyReader, options, clock);
        var response = context.Response;
        response.ContentType = ContentType;
        await response.StartAsync();

        List<BatchLine> next = [];
        var held = 0;
        while (await lines.Read(next, StretchMax))
        {
            var answers = await run(caller, programme, next);
            for (var i = 0; i < answers.Length; i++) held += Write(response, answers[i], next[i].Number);
            next.Clear();
            if (held <= HeldMax) continue;
            await response.BodyWriter.FlushAsync(context.RequestAborted);
            held = 0;
        }

        if (lines.Problem is { } problem) Write(response, (ReceiptAnswer)problem, lines.Number);
    }

    private static int Write<TAnswer>(HttpResponse response, TAnswer answer, int line)
        where TAnswer : ILineAnswer
    {
        var bytes = JsonAnswer.Render((answer, line), static (writer, state) => LineAnswer.WriteLine(writer, state.answer, state.line));
        response.BodyWriter.Write(bytes);
        response.BodyWriter.Write("\n"u8);
        return bytes.Length + 1;
    }
}
