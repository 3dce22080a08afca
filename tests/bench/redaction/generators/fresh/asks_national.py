"""How agents ask for, and callers tell, an IBAN, a National Insurance number, an NHS number and an IP address."""

from tests.bench.redaction.generators.fresh.bank import phrases

IBAN = phrases("""
    What's the IBAN for the transfer?
    Could you read me your IBAN?
    And the IBAN, please, letters and all?
    IBAN?
    I'd need the IBAN of the account abroad.
    Where it says I B A N, what's there?
    May I have the IBAN for your refund?
    For a payment to Europe I need an IBAN.
    Your IBAN, sir, with the country code.
    Let me have the I B A N once more.
""")
IBAN_TOLD = phrases("""
    My IBAN is {x}.
    The IBAN they gave me is {x}.
    Pay it to IBAN {x}.
    The I B A N on the letter is {x}.
""")
NINO = phrases("""
    What's the National Insurance number, please?
    And your National Insurance number, please?
    And National Insurance number, love?
    Could I take your N I number?
    Do you know your NI number, my love?
    NI number?
    It's on your payslip, the National Insurance number.
    May I have the National Insurance number for the claim?
    And the N I number once more?
    I need your National Insurance to look at the benefit.
""")
NINO_TOLD = phrases("""
    The National Insurance number I've got is {x}.
    My NI number, it's {x}.
    The National Insurance number on my payslip is {x}.
    N I number is {x}.
""")
NHS = phrases("""
    Do you have your NHS number?
    What's the NHS number on the letter?
    And the NHS number, please?
    NHS number?
    Could you tell me the patient's NHS number?
    The N H S number, ten digits, top of the page.
    I'll find him by NHS number if you've got it.
    Read me the NHS number off the appointment letter.
    And the NHS number once more?
    What's your daughter's NHS number, do you know?
""")
NHS_TOLD = phrases("""
    My NHS number, hang on, is {x}.
    The NHS number, says the letter, is {x}.
    His NHS number is {x}.
    It's N H S number {x}.
""")
IP = phrases("""
    What IP address do you see there?
    And the IP of the router?
    Could you read me the IP address on the screen?
    What's your IP address?
    IP address?
    Under status, what does it give as the IP address?
    Tell me the I P address it's showing.
    Which IP have you been given?
    Scroll down to the IP address for me. What is it?
    And the IP once more?
""")
IP_TOLD = phrases("""
    My IP address is {x}.
    The IP address it gives me is {x}.
    I can ping {x}, that's the IP of my router.
    It says IP address {x}.
""")
