#!/usr/bin/env python3
"""Makes the sandbox's recordings and their words files, the same bytes every time.

    apt-get install espeak-ng libespeak-ng1 ffmpeg
    python3 make.py

espeak-ng speaks every utterance by itself and reports when each word begins; the utterances are laid on a time line,
one channel per speaker, and ffmpeg codes the result. Times in the words files are therefore those of the audio.
The recordings are shipped: nothing but this script needs these programs.
"""

import array
import ctypes
import json
import pathlib
import random
import subprocess
import wave

FOLDER = pathlib.Path(__file__).parent
RATE = 22050
WORD_EVENT = 1
# A sample louder than this is sound; espeak-ng's pauses are exact zeros.
AUDIBLE = 60
# Hiss of a telephone line, about 70 dB below full scale.
LINE_NOISE = 14

AGENT = {"voice": "en-us+f3", "rate": 165, "pitch": 55, "speaker": "0", "channel": 0, "confidence": 0.94}
CUSTOMER = {"voice": "en-us+m3", "rate": 158, "pitch": 42, "speaker": "1", "channel": 1, "confidence": 0.91}
CALLER = {"voice": "en-us+f2", "rate": 155, "pitch": 60, "speaker": "0", "channel": 0, "confidence": 0.92}

CHAIR = {"voice": "en-us+f3", "rate": 160, "pitch": 50, "speaker": "0", "channel": 0, "confidence": 0.93}
BUYER = {"voice": "en-us+m3", "rate": 155, "pitch": 40, "speaker": "1", "channel": 0, "confidence": 0.9}
BAKER = {"voice": "en-us+m1", "rate": 165, "pitch": 70, "speaker": "2", "channel": 0, "confidence": 0.89}
COUNTER = {"voice": "en-us+m3", "rate": 150, "pitch": 45, "speaker": "0", "channel": 0, "confidence": 0.9}
CLERK = {"voice": "en-us+f3", "rate": 155, "pitch": 58, "speaker": "1", "channel": 0, "confidence": 0.92}

# Each line: who speaks, the pause before it in seconds, the words.
SUPPORT_CALL = [
    (AGENT, 0.6, "Thank you for calling Brightwater Coffee, this is Dana. How can I help you today?"),
    (CUSTOMER, 0.9, "Hi Dana. I ordered a coffee grinder last week, and the wrong model arrived this morning."),
    (AGENT, 0.7, "Oh no, I am sorry about that. Could you give me the order number?"),
    (CUSTOMER, 1.2, "Sure, one moment. It is order 4471."),
    (AGENT, 1.6, "Thank you. I can see the order here. You bought the large grinder in black, is that right?"),
    (CUSTOMER, 0.6, "Yes, the large grinder. What I got is the small one, and the lid is cracked."),
    (AGENT, 0.8, "I understand. I can send the right grinder today, free of charge. "
                 "Would you like the same address as before?"),
    (CUSTOMER, 0.9, "Please send it to my office. The address is 12 Harbor Street."),
    (AGENT, 1.1, "Got it, 12 Harbor Street. The new grinder should arrive on Thursday."),
    (CUSTOMER, 0.7, "Great. And what should I do with the broken one?"),
    (AGENT, 0.6, "Just put it back in the box. The driver will collect the broken grinder "
                 "when the new one is delivered."),
    (CUSTOMER, 0.8, "That is easy. Will I get an email about the delivery?"),
    (AGENT, 0.5, "Yes, you will get an email with the delivery time tonight. Is there anything else?"),
    (CUSTOMER, 0.7, "No, that is all. Thank you for the quick help, Dana."),
    (AGENT, 0.6, "You are very welcome. Enjoy the coffee, and have a good day. Goodbye."),
    (CUSTOMER, 0.5, "Goodbye."),
]
VOICEMAIL = [
    (CALLER, 0.8, "Hello, this is Maria Lopez from the Riverside Dental Clinic."),
    (CALLER, 0.9, "I am calling about your appointment on Monday morning."),
    (CALLER, 1.0, "Unfortunately the doctor has to travel, so we need to move the appointment to another day."),
    (CALLER, 1.2, "We have time on Wednesday at 10, or on Friday in the afternoon."),
    (CALLER, 1.1, "Could you please call us back and tell us which day is better for you?"),
    (CALLER, 0.9, "If neither of them works, we will find another time next week."),
    (CALLER, 0.8, "Thank you very much, and sorry for the trouble. Goodbye."),
]
MEETING = [
    (CHAIR, 0.7, "Good morning everybody. Today we plan the menu of the new cafe."),
    (BUYER, 0.6, "Good morning. The coffee supplier can deliver from the first of May."),
    (BAKER, 0.5, "And the oven arrives one week earlier, so I can test the bread."),
    (CHAIR, 0.8, "Good. How many kinds of bread should the menu have?"),
    (BAKER, 0.6, "I would begin with three. Rye bread, white bread and one bread without gluten."),
    (BUYER, 0.7, "The flour for the rye bread is expensive this year. Can we order it together with the other cafe?"),
    (CHAIR, 0.6, "That is a good idea. Please ask them for their order until Friday."),
    (BUYER, 0.5, "I will. What about the price of the coffee?"),
    (CHAIR, 0.9, "Let us keep the price of the coffee at three dollars and see what the guests say."),
    (BAKER, 0.6, "Then the menu is nearly finished. Shall we take a short break?"),
    (CHAIR, 0.4, "Yes, five minutes please."),
]
AFTER_BREAK = [
    (CHAIR, 0.8, "Welcome back. The last point is the opening day."),
    (BAKER, 0.6, "I would open on a Saturday, because the market is in the same street."),
    (BUYER, 0.6, "Saturday is fine. I will order milk and sugar for two hundred guests."),
    (CHAIR, 0.7, "Who can write the invitation for the opening day?"),
    (BAKER, 0.5, "I can write the invitation tonight and send it to both of you."),
    (CHAIR, 0.6, "Wonderful. Thank you both, and see you on Saturday."),
]
GOODS = ["coffee beans", "green tea", "black tea", "brown sugar", "white sugar", "paper cups", "glass jars", "oat milk",
         "wheat flour", "rye flour", "butter cookies", "dark chocolate", "orange jam", "honey", "olive oil", "napkins"]
STATES = ["all of them are fine", "one of them is damaged", "two of them are open", "the labels are missing",
          "they are older than a year", "they came in last week"]
STOCK_MINUTES = 20.5


def stocktaking():
    """A dialogue of two people who count a storage room, long enough for a recording of over twenty minutes."""
    dice = random.Random(7)
    yield CLERK, 0.8, "Good evening. Are you ready for the stocktaking? I write, you count."
    yield COUNTER, 0.6, "Ready. I begin at the door and walk to the window."
    shelf = 0
    while True:
        shelf += 1
        goods, boxes = dice.choice(GOODS), dice.randint(2, 90)
        yield CLERK, dice.uniform(0.5, 1.6), f"What is on shelf {shelf}?"
        yield COUNTER, dice.uniform(0.5, 2.5), f"Shelf {shelf} holds {boxes} boxes of {goods}, and {dice.choice(STATES)}."
        if dice.random() < 0.5:
            yield CLERK, dice.uniform(0.5, 1.0), f"I have {boxes} boxes of {goods}. Last year it was {dice.randint(2, 90)}."
        if dice.random() < 0.3:
            yield COUNTER, dice.uniform(0.6, 3.0), "Wait, I have to move the ladder. Now I can go on."


class Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


ESPEAK = ctypes.CDLL("libespeak-ng.so.1")
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))
heard = {"samples": array.array("h"), "events": []}


@CALLBACK
def on_sound(samples, count, events):
    """Collects samples and the beginnings of words, `(position in the text, ms)`."""
    if samples and count > 0:
        heard["samples"].extend(samples[:count])
    at = 0
    while events[at].type != 0:
        # espeak-ng reports some clauses once more, at a position before the text.
        if events[at].type == WORD_EVENT and events[at].text_position > 0:
            heard["events"].append((events[at].text_position - 1, events[at].audio_position))
        at += 1
    return 0


def speak(part, text):
    """Synthesises a text: its samples and `(word, start, end)` in seconds, without silence at either end."""
    heard["samples"], heard["events"] = array.array("h"), []
    ESPEAK.espeak_SetVoiceByName(part["voice"].encode())
    ESPEAK.espeak_SetParameter(1, part["rate"], 0)
    ESPEAK.espeak_SetParameter(3, part["pitch"], 0)
    data = text.encode()
    ESPEAK.espeak_Synth(data, len(data) + 1, 0, 1, 0, 1, None, None)
    ESPEAK.espeak_Synchronize()
    samples = heard["samples"]
    first = next(at for at, sample in enumerate(samples) if abs(sample) > AUDIBLE)
    last = last_audible(samples, 0, len(samples))
    words = [(word, max(0, start - first) / RATE, (end - first) / RATE) for word, start, end in words_of(text, samples)]
    return samples[first:last], words


def words_of(text, samples):
    """Beginning and end of every word in samples; words that espeak-ng runs together share their time by length."""
    words, position = [], 0
    for word in text.split():
        position = text.index(word, position)
        words.append((word, position))
        position += len(word)
    begins = {}
    for position, ms in heard["events"]:
        at = max(index for index, (_, start) in enumerate(words) if start <= position)
        begins.setdefault(at, ms * RATE // 1000)
    timed = []
    for at, following in zip(sorted(begins), sorted(begins)[1:] + [len(words)]):
        start = begins[at]
        end = last_audible(samples, start, begins.get(following, len(samples)))
        group = [word for word, _ in words[at:following]]
        letters = sum(len(word) for word in group)
        for word in group:
            share = (end - begins[at]) * len(word) // letters
            timed.append((word, start, start + share))
            start += share
    return timed


def last_audible(samples, start, end):
    """One past the last audible sample."""
    while end > start + 1 and abs(samples[end - 1]) <= AUDIBLE:
        end -= 1
    return end


def lay(script, channels, tail_s, limit_s=float("inf")):
    """Lays a script on a time line, up to a limit: interleaved samples and the utterances with their words."""
    placed, utterances, now = [], [], 0.0
    for part, pause, text in script:
        if now > limit_s:
            break
        samples, words = speak(part, text)
        start = round((now + pause) * RATE)
        placed.append((part["channel"], start, samples))
        begin = start / RATE
        utterances.append({
            "speakerId": part["speaker"],
            "confidence": part["confidence"],
            "words": [{"text": word, "start": round(begin + a, 2), "end": round(begin + b, 2)} for word, a, b in words],
        })
        now = (start + len(samples)) / RATE
    line = random.Random(20)
    length = round((now + tail_s) * RATE)
    mix = array.array("h", (line.randint(-LINE_NOISE, LINE_NOISE) for _ in range(length * channels)))
    for channel, start, samples in placed:
        for at, sample in enumerate(samples):
            index = (start + at) * channels + channel
            mix[index] = max(-32768, min(32767, mix[index] + sample * 6 // 10))
    return mix, utterances


def write(name, mix, channels, coding, picture=()):
    """Codes the samples with ffmpeg."""
    raw = FOLDER / f".{name}.raw.wav"
    with wave.open(str(raw), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(mix.tobytes())
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    subprocess.run(["ffmpeg", "-loglevel", "error", "-y", *picture, "-i", raw, *coding, *exact, FOLDER / name], check=True)
    raw.unlink()


def write_words(name, call, utterances, place="call", **more):
    """Writes a words file: one word per line, so that a hand can change it."""
    lines = ["{", f'  "{place}": {json.dumps(call)},']
    lines += [f'  "{key}": {json.dumps(value)},' for key, value in more.items()] + ['  "utterances": [']
    for turn, utterance in enumerate(utterances):
        head = {key: utterance[key] for key in ("speakerId", "confidence")}
        lines.append("    {" + json.dumps(head)[1:-1] + ', "words": [')
        words = [f"      {json.dumps(word)}" for word in utterance["words"]]
        lines.append(",\n".join(words))
        lines.append("    ]}" + ("," if turn + 1 < len(utterances) else ""))
    lines += ["  ]", "}", ""]
    (FOLDER / name).write_text("\n".join(lines))


def main():
    """Makes everything."""
    # 2: synchronous, with events; 0x0001 would add phoneme events.
    assert ESPEAK.espeak_Initialize(2, 500, None, 0) == RATE
    ESPEAK.espeak_SetSynthCallback(on_sound)

    mix, utterances = lay(SUPPORT_CALL, 2, 1.0)
    write("support-call.mp3", mix, 2, ["-ar", "16000", "-c:a", "libmp3lame", "-b:a", "48k", "-joint_stereo", "0"])
    customer = {"phoneNumber": "+14155550130", "name": "HARBOR STREET", "location": "San Francisco, CA"}
    desk = {"phoneNumber": "+16505550199", "name": "Brightwater Coffee"}
    call = {"minutesAgo": 25, "direction": "Inbound", "recordingType": "OnDemand", "from": customer, "to": desk}
    write_words("support-call.words.json", call, utterances)

    mix, utterances = lay(VOICEMAIL, 1, 1.0)
    write("voicemail.wav", mix, 1, ["-ar", "8000", "-c:a", "pcm_s16le"])
    clinic = {"phoneNumber": "+13125550175", "name": "RIVERSIDE DENTAL", "location": "Chicago, IL"}
    call = {"minutesAgo": 305, "direction": "Inbound", "recordingType": "Automatic", "from": clinic, "to": desk}
    write_words("voicemail.words.json", call, utterances, voicemail=True)

    # A still picture, as a meeting has one; the sound is one channel for all.
    coding = ["-ar", "16000", "-c:a", "aac", "-b:a", "32k", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
    for part, script in enumerate([MEETING, AFTER_BREAK], 1):
        mix, utterances = lay(script, 1, 1.0)
        picture = ["-f", "lavfi", "-t", str(len(mix) // RATE), "-i", "color=c=navy:s=160x90:r=2"]
        write(f"planning-{part}.mp4", mix, 1, coding, picture)
        meeting = {"title": "Menu of the new cafe", "minutesAgo": 610, "part": part}
        write_words(f"planning-{part}.words.json", meeting, utterances, "meeting")

    low = ["-ar", "8000", "-c:a", "libmp3lame", "-b:a", "8k"]
    mix, utterances = lay(stocktaking(), 1, 1.0, STOCK_MINUTES * 60)
    write("stocktaking.mp3", mix, 1, low)
    storage = {"phoneNumber": "+12065550142", "name": "STORAGE ROOM", "location": "Seattle, WA"}
    call = {"minutesAgo": 2950, "direction": "Outbound", "recordingType": "Automatic", "from": desk, "to": storage}
    write_words("stocktaking.words.json", call, utterances)

    write("silence.mp3", array.array("h", bytes(2 * RATE * 35)), 1, low)
    call = {"minutesAgo": 3300, "direction": "Inbound", "recordingType": "Automatic", "from": customer, "to": desk}
    write_words("silence.words.json", call, [])


if __name__ == "__main__":
    main()
