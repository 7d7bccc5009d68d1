namespace Gamification.Api;

/// <summary>Serves a caller who may be here.</summary>
public delegate ValueTask Serve(HttpContext context, Caller caller);

/// <summary>
/// What every request passes: is there room, who is it, may they, have they too much at once; then the endpoint; and what becomes of a fault.
/// One method instead of a stack of middleware, because a receipt has fifteen microseconds for all of it.
/// </summary>
public sealed class Door(Admission admission, Access access, CallLimits limits, Insistence insistence, ILogger<Door> log)
{
    private static readonly Problem NoRoom = new(ProblemKind.Unavailable, "This server has as many requests as it can serve.") { RetryAfter = TimeSpan.FromSeconds(1) };
    private static readonly Problem NoCaller = new(ProblemKind.Unauthorised, "The Authorization header holds no key or token that is valid now.");
    private static readonly Problem TooMany = new(ProblemKind.TooManyRequests, "This caller has too many calls at once.") { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>For callers with a permission.</summary>
    public RequestDelegate For(Operation operation, Lane lane, Serve serve) => context => Pass(context, lane, operation, serve, null);

    /// <summary>For anybody.</summary>
    public RequestDelegate ForAll(Lane lane, Func<HttpContext, ValueTask> serve) => context => Pass(context, lane, null, null, serve);

    private async Task Pass(HttpContext context, Lane lane, Operation? operation, Serve? serve, Func<HttpContext, ValueTask>? serveAll)
    {
        if (!admission.TryEnter(lane))
        {
            ProblemJson.Answer(context, NoRoom);
            return;
        }

        try
        {
            if (operation is { } wanted) await Check(context, wanted, serve!);
            else await serveAll!(context);
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            Tell(context, fault);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone; there is nobody to tell.
            context.Abort();
        }
        finally
        {
            admission.Leave();
        }
    }

    private async ValueTask Check(HttpContext context, Operation operation, Serve serve)
    {
        if (await access.Authenticate(context.Request) is not { } caller)
        {
            ProblemJson.Answer(context, NoCaller);
        }
        else if (!Permissions.Allow(caller.Role, operation))
        {
            ProblemJson.Answer(context, new(ProblemKind.Forbidden, $"A {RoleNames.Of(caller.Role)} may not do this."));
        }
        else if (caller.Role is Role.Till or Role.Service)
        {
            await ServeOnce(context, caller, serve);
        }
        else
        {
            await ServeOneOfFew(context, caller, serve);
        }
    }

    private async ValueTask ServeOneOfFew(HttpContext context, Caller caller, Serve serve)
    {
        if (!limits.TryEnter(caller, context.Response))
        {
            ProblemJson.Answer(context, TooMany);
            return;
        }

        try
        {
            await ServeOnce(context, caller, serve);
        }
        finally
        {
            limits.Leave(caller);
        }
    }

    /// <summary>A question may be asked again when its answer was lost; a command decides for itself.</summary>
    private async ValueTask ServeOnce(HttpContext context, Caller caller, Serve serve)
    {
        try
        {
            await serve(context, caller);
        }
        catch (Exception fault) when (HostFaults.IsLost(fault) && HttpMethods.IsGet(context.Request.Method) && !context.Response.HasStarted)
        {
            await insistence.On(async () =>
            {
                await serve(context, caller);
                return true;
            });
        }
    }

    private void Tell(HttpContext context, Exception fault)
    {
        var problem = Faults.ToProblem(fault);
        if (Faults.IsOurs(problem)) log.LogError(fault, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
        if (context.Response.HasStarted) context.Abort();
        else ProblemJson.Answer(context, problem);
    }
}
