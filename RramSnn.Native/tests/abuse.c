/* Calls every function with arguments that make no sense, from two threads on shared handles: none may crash the host.
   ./abuse [calls] [seed]. Buffers are as long as the lengths that the library may believe; everything else is wrong at random. */
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rramsnn.h"

enum { HANDLES = 6, FUNCTIONS = 46, BUFFER = 1 << 20 };

typedef enum { DEVICE, CROSSBAR, NETWORK } kind;

static void *handles[3][HANDLES]; /* of each kind, freed ones among them: threads take them from each other */
static long counts[8];
static long calls_per_thread = 500000;
static char path[64];

typedef struct {
    uint64_t state;
    long counts[8];
    long called[FUNCTIONS];
    long succeeded[FUNCTIONS];
    float *floats;
    double *doubles;
    uint64_t *words;
    uint8_t *bytes;
    char *text;
} host;

static uint32_t draw(host *h, uint32_t count)
{
    h->state = h->state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)((h->state >> 33) % count);
}

static void *handle(host *h, kind k)
{
    switch (draw(h, 32)) {
    case 0: return NULL;
    case 1: return (void *)(uintptr_t)h->state;
    case 2: return h->floats;
    case 3: return (void *)(uintptr_t)draw(h, 1000);
    case 4: k = (kind)draw(h, 3); /* fall through */
    default: return __atomic_load_n(&handles[k][draw(h, HANDLES)], __ATOMIC_RELAXED);
    }
}

/* Puts a new handle in; what was there is freed, or forgotten to be misused later. */
static void keep(host *h, kind k, void *created)
{
    if (created == NULL)
        return;
    void *old = __atomic_exchange_n(&handles[k][draw(h, HANDLES)], created, __ATOMIC_RELAXED);
    while (rramsnn_device_free(old) == RRAMSNN_BUSY || rramsnn_crossbar_free(old) == RRAMSNN_BUSY || rramsnn_network_free(old) == RRAMSNN_BUSY)
        ;
}

static size_t length(host *h)
{
    if (draw(h, 3) != 0)
        return draw(h, 2) ? 16 : 10;
    static const size_t lengths[] = {0, 1, 2, 3, 10, 16, 16, 16, 10, 10, 60, 100, 160, 130, SIZE_MAX, SIZE_MAX / 2, (size_t)INT_MAX + 1, (size_t)1 << 40};
    return lengths[draw(h, sizeof lengths / sizeof *lengths)];
}

static int32_t number(host *h)
{
    if (draw(h, 2) != 0)
        return draw(h, 2) ? 16 : 10;
    static const int32_t numbers[] = {INT_MIN, -1000, -1, 0, 1, 2, 3, 10, 16, 16, 16, 10, 100, 1 << 30, INT_MAX};
    return numbers[draw(h, sizeof numbers / sizeof *numbers)];
}

/* Mostly one: lengths that go with more are seldom drawn. */
static int32_t batch(host *h) { return draw(h, 4) ? 1 : number(h); }

static double real(host *h)
{
    static const double reals[] = {0, 0, 0.01, 0.5, 1, -1, 1e-300, 1e300, -1e300, 64, NAN, INFINITY, -INFINITY};
    return reals[draw(h, sizeof reals / sizeof *reals)];
}

static const char *text(host *h)
{
    static const char *texts[] = {
        "", "ideal", "tiox-3v", "no such device", "{", "{}", "[1]", "null", "{\"hidden\": [16, 10], \"steps\": 6, \"burn_in\": 1, \"seed\": 3}",
        "{\"hidden\": [10], \"steps\": 2, \"burn_in\": 0, \"epochs\": 1, \"threads\": 2}", "{\"hidden\": 1e9}", "{\"hidden\": [-1]}", "{\"rate\": \"x\"}",
        "{\"device\": {}}", "{\"seed\": 1, \"seed\": 2}", "{\"gain\": 1e999}", "conductance_plus", "layers.0.wish", "current", "spikes", "\xff\xfe\x80",
        "/no/such/folder/file", "{\"wire_resistance\": 1, \"array_size\": 64, \"hidden\": [16], \"steps\": 2, \"burn_in\": 0}", "{\"input\": \"amplitude\", \"hidden\": [10]}"};
    uint32_t which = draw(h, sizeof texts / sizeof *texts + 2);
    if (which < sizeof texts / sizeof *texts)
        return texts[which];
    if (which == sizeof texts / sizeof *texts)
        return NULL;
    h->text[0] = '{';
    memset(h->text + 1, (int)draw(h, 255) + 1, 4000);
    h->text[4001] = 0;
    return h->text;
}

static float *floats(host *h)
{
    if (draw(h, 8) == 0)
        return NULL;
    uint32_t place = draw(h, 64);
    static const float odd[] = {NAN, INFINITY, -1, 1e38f, 1e-42f, -0.0f};
    h->floats[place] = draw(h, 3) == 0 ? odd[draw(h, 6)] : 0.25f;
    return h->floats;
}

static uint64_t *words(host *h)
{
    h->words[draw(h, 8)] = h->state;
    return draw(h, 8) == 0 ? NULL : h->words;
}

static uint8_t *bytes(host *h)
{
    h->bytes[draw(h, 200)] = (uint8_t)draw(h, draw(h, 4) == 0 ? 256 : 10);
    return draw(h, 8) == 0 ? NULL : h->bytes;
}

static size_t capacity(host *h) { return draw(h, 3) == 0 ? draw(h, 70) : 4096; }

static const char *saved(host *h)
{
    static const char *nowhere[] = {NULL, "", "/", "/no/such/folder/file", "\xff/\xfe", "/dev/null/x"};
    return draw(h, 200) == 0 ? path : nowhere[draw(h, sizeof nowhere / sizeof *nowhere)];
}

/* Far more often what is there: few of the files fit the handle that is to read them. */
static const char *loaded(host *h) { return draw(h, 4) == 0 ? path : draw(h, 2) == 0 ? text(h) : saved(h); }

static rramsnn_crossbar_options *options(host *h, rramsnn_crossbar_options *o)
{
    if (draw(h, 16) == 0)
        return NULL;
    if (rramsnn_crossbar_options_init(o) != RRAMSNN_OK)
        abort();
    o->rows = number(h);
    o->columns = number(h);
    o->cell = draw(h, 4) ? (int)draw(h, 2) : number(h);
    o->pulses = draw(h, 4) ? (int)draw(h, 2) : number(h);
    if (draw(h, 8) == 0)
        o->gain = (float)real(h);
    if (draw(h, 8) == 0)
        o->weight_range = real(h);
    if (draw(h, 8) == 0)
        o->struct_size = (uint32_t)number(h);
    if (draw(h, 8) == 0)
        memset(o->method, (int)draw(h, 256), sizeof o->method);
    return o;
}

static rramsnn_status call(host *h, int function)
{
    void *a = handle(h, function < 8 ? DEVICE : function < 27 ? CROSSBAR : NETWORK), *created = NULL;
    void **place = draw(h, 16) == 0 ? NULL : &created;
    size_t needed;
    size_t *need = draw(h, 8) == 0 ? NULL : &needed;
    int32_t decision;
    int32_t *decided = draw(h, 4) == 0 ? NULL : &decision;
    int64_t shown;
    rramsnn_view view;
    rramsnn_crossbar_options o;
    rramsnn_crossbar_info crossbar;
    rramsnn_network_info network;
    rramsnn_status status = RRAMSNN_OK;
    switch (function) {
    case 0: status = rramsnn_device_create(text(h), (rramsnn_device *)place); keep(h, DEVICE, created); break;
    case 1: status = rramsnn_device_clone(a, real(h), (rramsnn_device *)place); keep(h, DEVICE, created); break;
    case 2: status = draw(h, 8) ? RRAMSNN_OK : rramsnn_device_free(a); break;
    case 3: status = rramsnn_device_json(a, draw(h, 4) ? h->text : NULL, capacity(h), need); break;
    case 4: status = rramsnn_device_after(a, real(h), real(h), draw(h, 8) ? h->doubles : NULL); break;
    case 5: status = rramsnn_crossbar_options_init(draw(h, 4) ? &o : NULL); break;
    case 6:
    case 7: status = rramsnn_crossbar_create(options(h, &o), a, (rramsnn_crossbar *)place); keep(h, CROSSBAR, created); break;
    case 8: status = draw(h, 8) ? RRAMSNN_OK : rramsnn_crossbar_free(a); break;
    case 9: status = rramsnn_crossbar_get_info(a, draw(h, 8) ? &crossbar : NULL); break;
    case 10: status = rramsnn_crossbar_view(a, text(h), draw(h, 8) ? &view : NULL); break;
    case 11: status = rramsnn_crossbar_field_name(a, number(h), draw(h, 4) ? h->text : NULL, capacity(h), need); break;
    case 12: status = rramsnn_crossbar_accumulate(a, floats(h), length(h), draw(h, 4) ? h->floats + 4096 : NULL, length(h)); break;
    case 13: status = rramsnn_crossbar_accumulate_spikes(a, words(h), length(h), draw(h, 4) ? h->floats + 4096 : NULL, length(h)); break;
    case 14: status = rramsnn_crossbar_accumulate_batch(a, floats(h), length(h), number(h), batch(h), draw(h, 8) ? h->floats + 8192 : NULL, length(h)); break;
    case 15:
    case 16: status = rramsnn_crossbar_update(a, floats(h), length(h), floats(h), length(h)); break;
    case 17: status = rramsnn_crossbar_update_and_accumulate(a, floats(h), length(h), floats(h), length(h), floats(h), length(h), draw(h, 4) ? h->floats + 4096 : NULL, length(h)); break;
    case 18: status = rramsnn_crossbar_filter_spikes(a, words(h), length(h)); break;
    case 19: status = rramsnn_crossbar_step(a, floats(h), length(h), words(h), length(h)); break;
    case 20: status = rramsnn_crossbar_reset_state(a); break;
    case 21: status = rramsnn_crossbar_set_time(a, h->state); break;
    case 22: status = rramsnn_crossbar_get_weights(a, draw(h, 8) ? h->floats + 8192 : NULL, length(h)); break;
    case 23: status = rramsnn_crossbar_set_weights(a, floats(h), length(h)); break;
    case 24: status = rramsnn_crossbar_state_sha256(a, draw(h, 8) ? h->text : NULL, capacity(h)); break;
    case 25: status = rramsnn_crossbar_save(a, saved(h)); break;
    case 26: status = rramsnn_crossbar_load(a, loaded(h)); break;
    case 27:
    case 28: status = rramsnn_network_create(text(h), number(h), number(h), (rramsnn_network *)place); keep(h, NETWORK, created); break;
    case 29: status = draw(h, 8) ? RRAMSNN_OK : rramsnn_network_free(a); break;
    case 30: status = rramsnn_network_get_info(a, draw(h, 8) ? &network : NULL); break;
    case 31: status = draw(h, 20) ? RRAMSNN_OK : rramsnn_network_set_threads(a, number(h)); break;
    case 32: status = rramsnn_network_view(a, text(h), draw(h, 8) ? &view : NULL); break;
    case 33: status = rramsnn_network_field_name(a, number(h), draw(h, 4) ? h->text : NULL, capacity(h), need); break;
    case 34: status = rramsnn_network_show_spikes(a, words(h), draw(h, 2) ? 6 : length(h), number(h), real(h), (int64_t)number(h), decided); break;
    case 35: status = rramsnn_network_show_pixels(a, bytes(h), length(h), (uint32_t)number(h), number(h), real(h), (int64_t)number(h), decided); break;
    case 36: status = rramsnn_network_begin(a, real(h), (int64_t)number(h)); break;
    case 37:
    case 38: status = rramsnn_network_step(a, words(h), draw(h, 2) ? 1 : length(h), number(h), words(h), draw(h, 2) ? 1 : length(h)); break;
    case 39: status = rramsnn_network_end(a, decided); break;
    case 40: status = rramsnn_network_scores(a, draw(h, 8) ? h->floats + 8192 : NULL, length(h)); break;
    case 41: status = rramsnn_network_load_samples(a, bytes(h), length(h), bytes(h), length(h)); break;
    case 42: status = rramsnn_network_train(a, (int64_t)number(h), draw(h, 4) ? &shown : NULL); break;
    case 43: status = rramsnn_network_evaluate(a, bytes(h), length(h), bytes(h), length(h), draw(h, 8) ? h->doubles : NULL); break;
    case 44: status = draw(h, 2) ? rramsnn_network_restore_position(a, (int64_t)number(h)) : rramsnn_network_state_sha256(a, draw(h, 8) ? h->text : NULL, capacity(h)); break;
    case 45: status = draw(h, 2) ? rramsnn_network_save(a, saved(h)) : rramsnn_network_load(a, loaded(h)); break;
    }

    return status;
}

static void *run(void *argument)
{
    host *h = argument;
    for (long i = 0; i < calls_per_thread; i++) {
        int function = (int)draw(h, FUNCTIONS);
        rramsnn_status status = call(h, function);
        h->called[function]++;
        if (status < RRAMSNN_OK || status >= RRAMSNN_DEFECT) {
            fprintf(stderr, "function %d: status %d: %s\n", function, status, rramsnn_last_error());
            h->counts[7]++;
            continue;
        }

        h->counts[status]++;
        h->succeeded[function] += status == RRAMSNN_OK;
        if (status != RRAMSNN_OK && rramsnn_last_error()[0] == 0)
            h->counts[7]++;
    }

    return NULL;
}

int main(int count, char **values)
{
    calls_per_thread = (count > 1 ? atol(values[1]) : 1000000) / 2;
    snprintf(path, sizeof path, "rramsnn-abuse-%d.safetensors", (int)getpid());
    host hosts[2];
    pthread_t threads[2];
    for (int t = 0; t < 2; t++) {
        memset(&hosts[t], 0, sizeof hosts[t]);
        hosts[t].state = (count > 2 ? (uint64_t)atol(values[2]) : 1) * 2 + (uint64_t)t;
        hosts[t].floats = calloc(BUFFER, sizeof(float));
        hosts[t].doubles = calloc(16, sizeof(double));
        hosts[t].words = calloc(BUFFER / 8, sizeof(uint64_t));
        hosts[t].bytes = calloc(BUFFER, 1);
        hosts[t].text = calloc(8192, 1);
        if (pthread_create(&threads[t], NULL, run, &hosts[t]) != 0)
            return 2;
    }

    long fewest = LONG_MAX;
    for (int t = 0; t < 2; t++) {
        pthread_join(threads[t], NULL);
        for (int s = 0; s < 8; s++)
            counts[s] += hosts[t].counts[s];
        free(hosts[t].floats);
        free(hosts[t].doubles);
        free(hosts[t].words);
        free(hosts[t].bytes);
        free(hosts[t].text);
    }

    /* Calls that are refused at the door say little: in a long run every function also does its work, and every refusal is met. */
    int idle = 0;
    for (int f = 0; f < FUNCTIONS; f++) {
        long called = hosts[0].called[f] + hosts[1].called[f], succeeded = hosts[0].succeeded[f] + hosts[1].succeeded[f];
        fewest = called < fewest ? called : fewest;
        if (succeeded == 0 && calls_per_thread >= 500000) {
            fprintf(stderr, "function %d never succeeded in %ld calls\n", f, called);
            idle++;
        }
    }
    for (int s = RRAMSNN_INVALID_ARGUMENT; s <= RRAMSNN_IO; s++)
        if (counts[s] == 0 && calls_per_thread >= 500000) {
            fprintf(stderr, "no call had status %d\n", s);
            idle++;
        }
    for (int i = 0; i < HANDLES; i++) {
        rramsnn_device_free(handles[DEVICE][i]);
        rramsnn_crossbar_free(handles[CROSSBAR][i]);
        rramsnn_network_free(handles[NETWORK][i]);
    }

    unlink(path);
    printf("%ld calls, at least %ld of each kind: %ld ok, %ld invalid argument, %ld invalid handle, %ld busy, %ld invalid data, %ld io, %ld out of memory, %ld defects; %d handles left\n",
        2 * calls_per_thread, fewest, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7], rramsnn_handle_count());
    return idle > 0 || counts[7] > 0 || rramsnn_handle_count() != 0;
}
